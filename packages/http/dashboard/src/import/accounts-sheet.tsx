import type { BankFormat, BankPreview, FileAccount } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { addDays } from '../days/day.ts';
import { dayAndMonth, spanInWords } from '../days/format-day.ts';
import { words } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { rows, run } from './run.ts';

const FORMAT_NAMES: Readonly<Record<BankFormat, string>> = {
  ofx: 'OFX',
  qif: 'QIF',
  camt: 'CAMT',
  mt940: 'MT940',
  journal: 'a journal',
};

interface AccountsProps {
  readonly wallet: Wallet;
  readonly preview: BankPreview;
}

/** What a bank's file holds. Of several accounts one goes into the wallet. */
export function AccountsSheet({ wallet, preview }: AccountsProps) {
  const [question] = preview.questions;
  const [single] = preview.accounts.length === 1 ? preview.accounts : [];
  return (
    <Sheet id="accounts" title="Account" note={`the file is ${FORMAT_NAMES[preview.format]}`}>
      {question !== undefined && (
        <p class="band">
          <Icon name="warn" small />
          {question.choices.length === 0 ? `No account of the file is in ${wallet.currency}.` : question.message}
        </p>
      )}
      {preview.warnings.map(({ message, line, account }, index) => (
        <p class="band" key={index}>
          <Icon name="warn" small />
          {preview.accounts.length > 1 && account !== null && `${account}: `}
          {message} <span class="quiet">(line {line})</span>
        </p>
      ))}
      {single !== undefined ? (
        <p>
          {single.account ?? 'One account'} <span class="quiet">{accountInWords(single)}</span>
        </p>
      ) : (
        <Accounts wallet={wallet} preview={preview} />
      )}
    </Sheet>
  );
}

function Accounts({ wallet, preview }: AccountsProps) {
  return (
    <fieldset class="ticks accounts">
      <legend class="sr">Which account goes into {wallet.name}</legend>
      {preview.accounts.map((each, index) => (
        <label class="tick" key={each.account ?? index}>
          <input
            type="radio"
            name="account"
            checked={each.chosen}
            disabled={each.currency !== wallet.currency || each.account === null}
            onChange={() => {
              if (each.account !== null) void run.takeAccount(wallet, each.account);
            }}
          />
          <span>
            {each.account ?? 'The only account'}
            <span class="quiet"> {accountInWords(each)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** "EUR, 12 rows, 1–30 Sep 2026; 193.00 on 30 Sep" */
function accountInWords({ currency, rows: count, from, to, closing, closingOn }: FileAccount): string {
  const span = from === null || to === null ? '' : `, ${spanInWords(from, addDays(to, 1))} ${to.slice(0, 4)}`;
  const end =
    closing === null ? '' : `; ${words(closing)} at the end${closingOn === null ? '' : ` of ${dayAndMonth(closingOn)}`}`;
  return `${currency}, ${rows(count)}${span}${end}`;
}
