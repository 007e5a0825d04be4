import {
  bankFileInSteps,
  isDate,
  parseAmount,
  parseCurrency,
  parseDate,
  refuseFile,
  type BankFile,
  type BankFileRefusal,
  type BankRecord,
  type BankStatement,
  type CivilDate,
  type CurrencyCode,
} from '@kakeibo/core';
import { refuseBytes, startOf, textOf, type BankFileOptions } from './bank-text.ts';
import { camtPiecesInSteps, type CamtPieces } from './camt-entries.ts';
import { all, at, camtNode, text, type CamtNode } from './camt-node.ts';
import { entryRecords } from './camt-record.ts';
import { inSlices } from './csv-slices.ts';

/**
 * Reads ISO 20022 reports, statements and notifications (CAMT.052, .053, .054) of any version. An entry that is a batch becomes
 * the transactions in it when they add up to it.
 *
 * @example
 * const file = await readCamt(new TextEncoder().encode('<Document></Document>'), { currency: eur });
 * file; // { kind: 'refused', code: 'statement-missing', … }
 */
export async function readCamt(bytes: Uint8Array, options: BankFileOptions): Promise<BankFile | BankFileRefusal> {
  return inSlices(readCamtInSteps(bytes, options));
}

/** {@link readCamt} in small steps. */
export function* readCamtInSteps(bytes: Uint8Array, options: BankFileOptions): Generator<void, BankFile | BankFileRefusal> {
  const refused = refuseBytes(bytes, options);
  if (refused !== undefined) return refused;
  // XML without a declaration is UTF-8.
  const declared = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/i.exec(startOf(bytes, 1_024))?.[1] ?? 'utf-8';
  const decoded = textOf(bytes, declared);
  if (decoded.kind === 'refused') return decoded;
  yield;
  const pieces = yield* camtPiecesInSteps(decoded.text.replace(/^\ufeff/, ''));
  if (pieces.kind === 'refused') return pieces;
  const frame = camtNode(pieces.frame, 1, 'Document');
  if ('kind' in frame) return frame;
  yield;
  const statements = yield* statementsIn(frame.node, pieces, options.currency);
  if ('kind' in statements) return statements;
  return yield* bankFileInSteps(statements, { format: 'camt', idsMayBeShared: true });
}

const MESSAGES = [
  ['BkToCstmrStmt', 'Stmt'],
  ['BkToCstmrAcctRpt', 'Rpt'],
  ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
] as const;

function* statementsIn(
  root: CamtNode,
  pieces: CamtPieces,
  preferred: CurrencyCode,
): Generator<void, readonly BankStatement[] | BankFileRefusal> {
  const statements: BankStatement[] = [];
  let used = 0;
  for (const [message, name] of MESSAGES) {
    const nodes = all(root, 'Document')
      .flatMap((document) => all(document, message))
      .flatMap((each) => all(each, name));
    for (const [index, node] of nodes.entries()) {
      const statement = yield* statementIn(node, { place: `${name}[${index + 1}]`, pieces, preferred });
      if ('kind' in statement) return statement;
      statements.push(statement);
      used += all(node, 'Ntry').length;
    }
  }
  if (used < pieces.entries.length) {
    const at = { line: pieces.entries[used]?.line ?? 1 };
    return refuseFile('file-malformed', 'Some entries stand outside of every statement.', at);
  }
  if (statements.length > 0) return statements;
  return refuseFile('statement-missing', 'The file has no statement, report or notification of CAMT.', {
    line: 1,
    place: 'Document',
  });
}

interface Around {
  readonly place: string;
  readonly pieces: CamtPieces;
  readonly preferred: CurrencyCode;
}

const STEP_ENTRIES = 50;

function* statementIn(node: CamtNode, { place, pieces, preferred }: Around): Generator<void, BankStatement | BankFileRefusal> {
  const records: BankRecord[] = [];
  const entries: { readonly node: CamtNode; readonly line: number }[] = [];
  for (const [index, number] of all(node, 'Ntry').entries()) {
    if (index % STEP_ENTRIES === STEP_ENTRIES - 1) yield;
    const { xml = '', line = 1 } = pieces.entries[Number(number)] ?? {};
    const entry = camtNode(xml, line, `${place}/Ntry[${index + 1}]`);
    if ('kind' in entry) return entry;
    entries.push({ node: at(entry.node, 'Ntry'), line });
  }
  const code = text(node, 'Acct', 'Ccy') || text(at(node, 'Bal'), 'Amt', '@_Ccy') || text(entries[0]?.node, 'Amt', '@_Ccy');
  const currency = code === '' ? preferred : parseCurrency(code);
  if (currency === undefined) {
    return refuseFile('currency-unknown', `The account's currency “${code.slice(0, 10)}” is not known.`, {
      place: `${place}/Acct/Ccy`,
    });
  }
  for (const entry of entries) for (const record of entryRecords(entry.node, entry.line, currency)) records.push(record);
  const account = text(node, 'Acct', 'Id', 'IBAN') || text(node, 'Acct', 'Id', 'Othr', 'Id');
  return {
    account: account === '' ? null : account.slice(0, 100),
    currency,
    records,
    from: dayIn(text(node, 'FrToDt', 'FrDtTm')),
    to: dayIn(text(node, 'FrToDt', 'ToDtTm')),
    opening: (balanceOf(node, 'OPBD', currency) ?? balanceOf(node, 'PRCD', currency))?.amount,
    closing: balanceOf(node, 'CLBD', currency),
    line: entries[0]?.line ?? 1,
  };
}

function dayIn(written: string): CivilDate | null {
  const date = parseDate(written.slice(0, 10));
  return isDate(date) ? date : null;
}

/** A balance by its kind: the last closing one, the first of any other. */
function balanceOf(node: CamtNode, kind: 'OPBD' | 'PRCD' | 'CLBD', currency: CurrencyCode): BankStatement['closing'] {
  const balances = all(node, 'Bal').filter((each) => text(each, 'Tp', 'CdOrPrtry', 'Cd') === kind);
  const balance = balances.at(kind === 'CLBD' ? -1 : 0);
  const on = dayIn(text(balance, 'Dt', 'Dt') || text(balance, 'Dt', 'DtTm'));
  const sign = text(balance, 'CdtDbtInd') === 'DBIT' ? '-' : '';
  const amount = parseAmount(sign + text(balance, 'Amt'), currency);
  return on === null || typeof amount === 'string' || text(balance, 'Amt', '@_Ccy') !== currency ? null : { amount, on };
}
