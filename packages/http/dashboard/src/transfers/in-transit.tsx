import type { InTransit } from '../api/transfer-types.ts';
import type { Wallet } from '../api/types.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { transit } from '../state/books.ts';
import { useResource } from '../state/resource.ts';
import { walletName } from '../state/wallets.ts';
import { stateInWords } from './transfer-words.ts';

const MOST = 3;

function useTransitOf(walletId: string | undefined): readonly InTransit[] {
  const all = useResource(transit).value.value?.items ?? [];
  return walletId === undefined ? all : all.filter((each) => each.from === walletId || each.to === walletId);
}

/** On home: what is between this wallet and another one. It counts in neither until it has arrived. */
export function TransitBand({ wallet }: { readonly wallet: Wallet }) {
  const own = useTransitOf(wallet.id);
  if (own.length === 0) return null;
  return (
    <div class="band" role="status">
      <Icon name="transfer" small />
      <p>
        {own.slice(0, MOST).map((each) => (
          <span class="transit" key={each.transferId}>
            <Amt value={each.amount} strong /> {each.currency} from {walletName(each.from)} to {walletName(each.to)}:{' '}
            {stateInWords(each.state)}.
          </span>
        ))}
        {own.length > MOST && `${own.length - MOST} more.`}
      </p>
      <Link class="btn" to="/transfers">
        See the transfers
      </Link>
    </div>
  );
}

/** In the side: one line for all that is between wallets. */
export function TransitLine() {
  const { length } = useTransitOf(undefined);
  if (length === 0) return null;
  return (
    <p class="transit-line">
      <Link class="state state--near" to="/transfers">
        <Icon name="transfer" small />
        {length} in transit
      </Link>
    </p>
  );
}
