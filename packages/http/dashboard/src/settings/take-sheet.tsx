import type { Wallet } from '../api/types.ts';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { RestoreArchive } from './restore-archive.tsx';

interface Way {
  readonly format: string;
  readonly name: string;
  readonly what: string;
}

/** What a wallet can be taken away as. */
const OF_WALLET: readonly Way[] = [
  { format: 'csv', name: 'CSV', what: 'entries, for any spreadsheet' },
  { format: 'xlsx', name: 'Workbook', what: 'the same, as XLSX' },
  { format: 'pdf', name: 'PDF', what: 'the statement of this month' },
  { format: 'json', name: 'JSON', what: 'every event, so that each figure can be recomputed' },
  { format: 'ofx', name: 'OFX', what: 'for programs that read bank files' },
  { format: 'hledger', name: 'hledger', what: 'a journal' },
  { format: 'ledger', name: 'Ledger', what: 'a journal' },
  { format: 'beancount', name: 'Beancount', what: 'a journal' },
];
const OF_ALL = OF_WALLET.filter(({ what }) => what === 'a journal');

/** Every way out, and the ways in. */
export function TakeSheet({ wallet }: { readonly wallet: Wallet }) {
  const base = `/api/v1/wallets/${encodeURIComponent(wallet.id)}/exports`;
  return (
    <Sheet id="take" title="Take your data with you" note={wallet.name}>
      <ul class="take-list">
        {OF_WALLET.map(({ format, name, what }) => (
          <li key={format}>
            <a href={`${base}/${format}`} download>
              <Icon name="export" small />
              {name}
              <span class="sr"> of {wallet.name}</span>
            </a>
            <span class="quiet">{what}</span>
          </li>
        ))}
      </ul>
      <h3 class="take-head">All wallets together</h3>
      <ul class="take-list">
        <li>
          <a href="/api/v1/archive" download>
            <Icon name="export" small />
            Archive
          </a>
          <span class="quiet">everything, event by event: what another ledger is restored from</span>
        </li>
        {OF_ALL.map(({ format, name }) => (
          <li key={format}>
            <a href={`/api/v1/exports/${format}`} download>
              <Icon name="export" small />
              {name}
              <span class="sr"> of all wallets</span>
            </a>
            <span class="quiet">one journal, in which a transfer is one transaction</span>
          </li>
        ))}
      </ul>
      <div class="sheet__foot">
        <div class="row-actions">
          <Link class="btn" to="/import">
            <Icon name="import" small />
            Import a file
          </Link>
          <RestoreArchive />
        </div>
        <p>An archive goes into an empty ledger, or into one that holds the beginning of it from an earlier try.</p>
      </div>
    </Sheet>
  );
}
