import type { WalletTransfer } from '../api/transfer-types.ts';
import type { Wallet } from '../api/types.ts';
import { shortDay } from '../days/format-day.ts';
import { Amt, EntryAmt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { walletName } from '../state/wallets.ts';
import { transfers } from './transfer-books.ts';
import { takeBack } from './transfer-deeds.ts';
import { isOpen, stateInWords } from './transfer-words.ts';

/** What is in transit on top, then the newest first. */
export function TransferList({ wallet }: { readonly wallet: Wallet }) {
  return (
    <Sheet id="transfers" title="Transfers" note={`${wallet.name}, ${wallet.currency}`}>
      <Read from={transfers.of(wallet.id)} rows={6}>
        {({ items, reasons, next }) =>
          items.length === 0 ? (
            <Empty>No transfers yet. Money sent to another wallet is neither income nor spending.</Empty>
          ) : (
            <>
              <ul class="moves">
                {items.map((each) => (
                  <Row key={each.transferId} wallet={wallet} transfer={each} reason={reasons.get(each.entryId)} />
                ))}
              </ul>
              {next !== null && (
                <p class="sheet__foot">
                  The newest 50. <Link to="/register?kind=sent">All that was sent</Link>,{' '}
                  <Link to="/register?kind=received">all that was received</Link>.
                </p>
              )}
            </>
          )
        }
      </Read>
    </Sheet>
  );
}

interface RowProps {
  readonly wallet: Wallet;
  readonly transfer: WalletTransfer;
  readonly reason: string | undefined;
}

function Row({ wallet, transfer, reason }: RowProps) {
  const { direction, state, amount, currency, otherAmount, otherCurrency, derivedRate, occurredOn, note, walletId } = transfer;
  const other = walletName(walletId);
  const isBack = state === 'returned';
  const back = (): void => {
    const body =
      direction === 'in'
        ? undefined
        : {
            to: walletId,
            amount,
            occurredOn,
            ...(currency === otherCurrency ? {} : { toAmount: otherAmount }),
            ...(note === null ? {} : { note }),
          };
    takeBack({ walletId: wallet.id, transferId: transfer.transferId, other: walletId, amount, body }).then(
      did,
      (error: unknown) => warn(`Not taken back. ${reasonOf(error)}`),
    );
  };
  return (
    <li class={isBack ? 'move move--back' : 'move'}>
      <span class="move__what">
        <Link class="plain" to={`/register?void=include&open=${encodeURIComponent(transfer.entryId)}`}>
          {direction === 'out' ? 'To' : 'From'} {other}
        </Link>
        {note !== null && <span class="quiet"> {note}</span>}
      </span>
      <span class="move__amt">
        <EntryAmt kind={direction === 'out' ? 'sent' : 'received'} amount={amount} />
      </span>
      <span class="move__basis quiet">
        {shortDay(occurredOn, wallet.today)}
        {', '}
        {isOpen(state) ? (
          <span class="state state--near">
            <Icon name="transfer" small />
            {stateInWords(state)}
          </span>
        ) : (
          stateInWords(state, reason)
        )}
        {currency !== otherCurrency && (
          <>
            {'. '}
            <Amt value={otherAmount} /> {otherCurrency}
            {derivedRate !== null &&
              `, 1 ${direction === 'out' ? currency : otherCurrency} = ${derivedRate} ${direction === 'out' ? otherCurrency : currency}`}
          </>
        )}
      </span>
      {(state === 'arrived' || state === 'sent') && wallet.status === 'open' && (
        <button class="textbtn" type="button" onClick={back}>
          {direction === 'out' ? 'Take back' : 'Give back'}
          <span class="sr">
            {' '}
            the transfer of {shortDay(occurredOn, wallet.today)}, {other}
          </span>
        </button>
      )}
    </li>
  );
}
