/** A bank's file comes in, once however often it is sent; the books go out as a journal that hledger reads. */
import { readBankFile } from '@kakeibo/adapters/bank-file';
import {
  accountFor,
  createLedger,
  createMemoryEventStore,
  formatAmount,
  hledgerJournal,
  journalOf,
  journalWalletInSteps,
  parseCurrency,
  type CurrencyCode,
  type StatementRow,
} from '@kakeibo/core';

/** OFX 1 as banks write it. The payment at the hotel is pending; a later file says what it came to. */
const ofx = (hotel: string) => `OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>1<ACCTID>0123<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261001<TRNAMT>2400.00<FITID>A1<NAME>Employer</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261005<TRNAMT>-3.20<FITID>A2<NAME>Corner Cafe</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261005<TRNAMT>-3.20<FITID>A3<NAME>Corner Cafe</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261009<TRNAMT>${hotel}<FITID>A4<NAME>Hotel Adler</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;

const currency = parseCurrency('EUR') as CurrencyCode;
const clock = { now: () => Date.UTC(2026, 9, 14, 12) };
let ids = 0;
const ledger = createLedger({
  store: createMemoryEventStore({ clock }),
  clock,
  // A program of yours passes `crypto.randomUUID`; here the ids stand in the journal, so they are the same in each run.
  ids: { next: () => `id-${(ids += 1)}` },
});
const opened = await ledger.openWallet({ name: 'Household', currency });
if (opened.kind !== 'recorded') throw new Error('the wallet was not opened');
const wallet = ledger.wallet(opened.result.walletId);

// What the bank gives no category gets it from the first rule that fits; `*` stands for anything.
await wallet.setImportRule('cafe', { payee: '*cafe*', category: 'Food:Cafe' });
await wallet.setImportRule('hotel', { payee: 'hotel*', category: 'Travel' });
await wallet.setLimit('food', { scope: 'Food', period: 'month', amount: '200', startsOn: '2026-10-01' });

/** A row of a file as the wallet takes it: amounts as text. */
const rowOf = ({ line: _, amount, parts: __, ...row }: StatementRow) => ({ ...row, amount: formatAmount(amount) });

async function bring(name: string, text: string): Promise<void> {
  const file = await readBankFile(new TextEncoder().encode(text), { currency });
  if (file.kind === 'refused') throw new Error(file.message);
  const account = accountFor(file, { currency });
  if ('kind' in account) throw new Error(account.message);
  const outcome = await wallet.importEntries({ name, rows: account.rows.map(rowOf) });
  if (!('result' in outcome)) throw new Error(JSON.stringify(outcome));
  const { added, duplicates, corrected } = outcome.result;
  console.log(`${name}: ${added} added, ${duplicates} known, ${corrected} corrected`);
}
await bring('october-1.ofx', ofx('-180.00'));
await bring('october-1.ofx', ofx('-180.00'));
await bring('october-2.ofx', ofx('-196.50'));

const steps = journalWalletInSteps(await wallet.book());
let step = steps.next();
while (step.done !== true) step = steps.next();
console.log();
for (const line of hledgerJournal(journalOf({ wallets: [step.value] }))) {
  // The names of tags that a journal declares are many; they are left out here.
  if (!line.startsWith('tag ')) process.stdout.write(line);
}
