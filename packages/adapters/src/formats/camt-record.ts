import { exponentOf, parseTotal, type BankRecord, type CurrencyCode } from '@kakeibo/core';
import { all, at, text, type CamtNode } from './camt-node.ts';

/** An entry as bank records: one, or one for each transaction of a batch that adds up to it. */
export function entryRecords(entry: CamtNode, line: number, currency: CurrencyCode): readonly BankRecord[] {
  const details = all(entry, 'NtryDtls').flatMap((each) => all(each, 'TxDtls'));
  const whole = wholeRecord(entry, details, line);
  if (details.length < 2 || whole.trouble !== undefined) return [whole];
  const seen = new Map<string, number>();
  for (const each of details) seen.set(ownReference(each), (seen.get(ownReference(each)) ?? 0) + 1);
  const shared = reference(entry);
  const parts = details.map((each, index) => {
    const own = ownReference(each);
    // A bank may give each transaction of a batch the reference of the batch.
    const isOwn = own !== '' && own !== shared && seen.get(own) === 1;
    const bankId = isOwn ? own : shared === '' ? '' : `${shared}/${index + 1}`;
    return { ...partRecord(each, whole), bankId };
  });
  const total = parts.reduce((sum, part) => sum + signed(part, currency), 0n);
  const known = parts.every(({ amount, currency: code }) => minorOf(amount, currency) !== undefined && code === whole.currency);
  return known && total === signed(whole, currency) ? parts : [whole];
}

function wholeRecord(entry: CamtNode, details: readonly CamtNode[], line: number): BankRecord {
  const [only] = details.length === 1 ? details : [];
  const mark = text(entry, 'CdtDbtInd');
  const told = tell(only, mark, isReversal(entry));
  const status = text(entry, 'Sts', 'Cd') || text(entry, 'Sts', 'Prtry') || text(entry, 'Sts');
  const note = told.note || text(entry, 'AddtlNtryInf') || (details.length > 1 ? `${details.length} transactions` : '');
  const amount = text(entry, 'Amt');
  return {
    line,
    text: [dayOf(entry), mark, amount, status, told.payee, note].filter(Boolean).join(' '),
    date: dayOf(entry),
    amount,
    currency: text(entry, 'Amt', '@_Ccy'),
    ...directionOf(mark),
    payee: told.payee,
    note,
    bankId: reference(entry) || ownReference(only),
    ...troubleOf(mark, status),
  };
}

function directionOf(mark: string): Pick<BankRecord, 'direction'> {
  return mark === 'CRDT' || mark === 'DBIT' ? { direction: mark === 'CRDT' ? 'in' : 'out' } : {};
}

function troubleOf(mark: string, status: string): Pick<BankRecord, 'trouble'> {
  if (status !== '' && status !== 'BOOK') {
    return { trouble: { code: 'row-not-booked', reason: `The bank has not booked this row: ${status.slice(0, 40)}.` } };
  }
  if (mark === 'CRDT' || mark === 'DBIT') return {};
  return { trouble: { code: 'mark-unknown', reason: `“${mark.slice(0, 40)}” says neither credit nor debit.` } };
}

/** A transaction of a batch, which inherits from its entry what it does not say itself. */
function partRecord(details: CamtNode, whole: BankRecord): BankRecord {
  const inherited = whole.direction === 'in' ? 'CRDT' : 'DBIT';
  const mark = text(details, 'CdtDbtInd') || inherited;
  const money = at(details, 'Amt') ?? at(details, 'AmtDtls', 'TxAmt', 'Amt');
  const told = tell(details, mark, false);
  const amount = text(money);
  return {
    ...whole,
    text: [whole.date, mark, amount, told.payee, told.note].filter(Boolean).join(' '),
    amount,
    currency: text(money, '@_Ccy'),
    ...directionOf(mark),
    payee: told.payee,
    note: told.note,
  };
}

/** The day of booking; the value date where the bank gives no other. */
function dayOf(entry: CamtNode): string {
  const written = (name: string): string => (text(entry, name, 'Dt') || text(entry, name, 'DtTm')).slice(0, 40);
  const day = written('BookgDt') || written('ValDt');
  return /^\d{4}-\d{2}-\d{2}(?=T|Z|[+-]\d{2}:|$)/.exec(day)?.[0] ?? day;
}

const FILLER = /^(?:0*|NOTPROVIDED|NOTAVAILABLE|NONREF|N\/?A|-+)$/i;

/** The bank's reference of an entry. `NtryRef` is often a count within the statement: only a long one is one of its own. */
function reference(entry: CamtNode): string {
  const own = text(entry, 'AcctSvcrRef');
  if (!FILLER.test(own)) return own;
  const counted = text(entry, 'NtryRef');
  return counted.replace(/^0+/, '').length >= 8 && !FILLER.test(counted) ? counted : '';
}

function ownReference(details: CamtNode): string {
  const own = text(details, 'Refs', 'AcctSvcrRef');
  return FILLER.test(own) ? '' : own;
}

function isReversal(entry: CamtNode): boolean {
  return /^(?:true|1)$/.test(text(entry, 'RvslInd'));
}

/** Who was on the other side, and what was said. What is given back keeps the roles of what it was. */
function tell(details: CamtNode, mark: string, reversed: boolean): { readonly payee: string; readonly note: string } {
  if (details === undefined) return { payee: '', note: '' };
  const parties = at(details, 'RltdPties');
  const debtorPaid = (mark === 'CRDT') !== reversed;
  const named = (name: string): string => text(parties, name, 'Pty', 'Nm') || text(parties, name, 'Nm');
  const payee = debtorPaid ? named('Dbtr') || named('UltmtDbtr') : named('Cdtr') || named('UltmtCdtr');
  const remittance = at(details, 'RmtInf');
  const free = all(remittance, 'Ustrd')
    .map((each) => text(each))
    .filter(Boolean)
    .join(' ');
  const structured = all(remittance, 'Strd')
    .flatMap((each) => [text(each, 'CdtrRefInf', 'Ref'), ...all(each, 'AddtlRmtInf').map((info) => text(info))])
    .filter(Boolean)
    .join(' ');
  return { payee, note: free || structured || text(details, 'AddtlTxInf') };
}

function minorOf(amount: string, currency: CurrencyCode): bigint | undefined {
  const [whole = '', decimals = ''] = amount.split('.');
  const exponent = exponentOf(currency);
  const kept = /^0*$/.test(decimals.slice(exponent)) ? decimals.slice(0, exponent) : decimals;
  const sum = parseTotal(kept === '' ? whole : `${whole}.${kept}`, currency);
  return typeof sum === 'string' ? undefined : sum.minor;
}

function signed({ amount, direction }: BankRecord, currency: CurrencyCode): bigint {
  const minor = minorOf(amount, currency) ?? 0n;
  return direction === 'in' ? minor : -minor;
}
