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
  type FileWarning,
} from '@kakeibo/core';
import {
  investmentsLeftOut,
  lineAt,
  MAX_BANK_RECORDS,
  refuseBytes,
  startOf,
  textOf,
  tooManyRecords,
  type BankFileOptions,
} from './bank-text.ts';
import { inSlices } from './csv-slices.ts';
import { ofxBelow, ofxElementsInSteps, ofxText, type OfxElement } from './ofx-elements.ts';

/**
 * Reads OFX 1, OFX 2 and QFX: bank and credit card statements, several accounts in a file. Whatever the bytes are, the answer is
 * accounts or a refusal; a file that is cut off is refused as a whole.
 *
 * @example
 * const file = await readOfx(new TextEncoder().encode('<OFX></OFX>'), { currency: eur });
 * file; // { kind: 'refused', code: 'statement-missing', … }
 */
export async function readOfx(bytes: Uint8Array, options: BankFileOptions): Promise<BankFile | BankFileRefusal> {
  return inSlices(readOfxInSteps(bytes, options));
}

/** {@link readOfx} in small steps. */
export function* readOfxInSteps(bytes: Uint8Array, options: BankFileOptions): Generator<void, BankFile | BankFileRefusal> {
  const refused = refuseBytes(bytes, options);
  if (refused !== undefined) return refused;
  const head = startOf(bytes);
  const decoded = textOf(bytes, declaredIn(head));
  if (decoded.kind === 'refused') return decoded;
  const { text } = decoded;
  yield;
  const declares = text.slice(0, HEAD_CHARACTERS).search(/<!(?:DOCTYPE|ENTITY)/i);
  if (declares >= 0) {
    const line = lineAt(text, declares);
    return refuseFile('doctype-refused', `Line ${line} declares a document type, which no bank needs.`, { line });
  }
  const from = text.search(/<OFX[\s>]/i);
  if (from < 0) return refuseFile('format-differs', 'This is no OFX file: it has no <OFX>.');
  const root = yield* ofxElementsInSteps(text, from);
  if ('kind' in root) return root;
  const statements = yield* statementsIn(root, options.currency);
  if ('kind' in statements) return statements;
  return yield* bankFileInSteps(statements, { format: 'ofx', warnings: investmentsIn(root) });
}

const HEAD_CHARACTERS = 65_536;

function declaredIn(head: string): string | undefined {
  const xml = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/i.exec(head)?.[1];
  if (xml !== undefined) return xml;
  const encoding = /ENCODING:\s*(USASCII|UNICODE|UTF-?8|UTF-?16|[\w-]{1,40})/i.exec(head)?.[1]?.toUpperCase();
  const charset = /CHARSET:\s*([\w-]{1,20}?)(?:COMPRESSION|\s|$)/i.exec(head)?.[1]?.toUpperCase();
  if (encoding === undefined) return undefined;
  if (/^UTF-?8$|^UNICODE$/.test(encoding)) return 'utf-8';
  if (encoding !== 'USASCII') return encoding;
  if (charset === undefined || charset === 'NONE') return undefined;
  return /^\d{4}$/.test(charset) ? `windows-${charset}` : charset;
}

const STATEMENTS: ReadonlySet<string> = new Set(['STMTRS', 'CCSTMTRS']);
const STEP_STATEMENTS = 20;

function* statementsIn(root: OfxElement, preferred: CurrencyCode): Generator<void, readonly BankStatement[] | BankFileRefusal> {
  const elements = ofxBelow(root, STATEMENTS);
  if (elements.length === 0) return noStatement(root);
  const names = accountNames(elements);
  const statements: BankStatement[] = [];
  let records = 0;
  for (const [index, element] of elements.entries()) {
    if (index % STEP_STATEMENTS === STEP_STATEMENTS - 1) yield;
    const code = ofxText(element, 'CURDEF').toUpperCase();
    const currency = code === '' ? preferred : parseCurrency(code);
    if (currency === undefined) {
      const at = { line: element.line, place: `${element.name}[${index + 1}]/CURDEF` };
      return refuseFile('currency-unknown', `The account's currency “${code.slice(0, 10)}” is not known.`, at);
    }
    const list = element.children.find(({ name }) => name === 'BANKTRANLIST');
    const transactions = list?.children.filter(({ name }) => name === 'STMTTRN') ?? [];
    records += transactions.length;
    if (records > MAX_BANK_RECORDS) return tooManyRecords(element.line);
    statements.push({
      account: names.get(element) ?? null,
      currency,
      records: transactions.map(recordOf),
      from: dayIn(ofxText(list, 'DTSTART')),
      to: dayIn(ofxText(list, 'DTEND')),
      closing: closingOf(element, currency),
    });
    yield;
  }
  return statements;
}

const INVESTMENTS: ReadonlySet<string> = new Set(['INVSTMTRS']);
const OF_THE_LIST: ReadonlySet<string> = new Set(['DTSTART', 'DTEND']);

/** The rows of brokers' statements, which move securities: they are no bookings of a wallet, and are not passed over in silence. */
function investmentsIn(root: OfxElement): readonly FileWarning[] {
  return ofxBelow(root, INVESTMENTS).flatMap((statement): readonly FileWarning[] => {
    const list = statement.children.find(({ name }) => name === 'INVTRANLIST');
    const rows = list?.children.filter(({ name }) => !OF_THE_LIST.has(name)).length ?? 0;
    const from = statement.children.find(({ name }) => name === 'INVACCTFROM');
    const account = ofxText(from, 'ACCTID').slice(0, 100);
    return rows === 0 ? [] : [investmentsLeftOut(rows, statement.line, account === '' ? null : account)];
  });
}

function noStatement(root: OfxElement): BankFileRefusal {
  const status = ofxBelow(root, new Set(['STATUS'])).find((each) => !/^0*$/.test(ofxText(each, 'CODE')));
  const said = status === undefined ? '' : `: the bank answered “${ofxText(status, 'MESSAGE').slice(0, 100)}”`;
  const [left] = investmentsIn(root);
  const at = { line: status?.line ?? left?.line ?? root.line, place: 'OFX' };
  const also = left === undefined ? '' : ` ${left.message}`;
  return refuseFile('statement-missing', `The file has no statement of a bank or credit card account${said}.${also}`, at);
}

/** Accounts by their number; by number and type where one number stands for several. */
function accountNames(elements: readonly OfxElement[]): ReadonlyMap<OfxElement, string> {
  const types = new Map<string, Set<string>>();
  const named = elements.map((element) => {
    const from = element.children.find(({ name }) => name === 'BANKACCTFROM' || name === 'CCACCTFROM');
    const [id, type] = [ofxText(from, 'ACCTID').slice(0, 100), ofxText(from, 'ACCTTYPE').slice(0, 20)];
    types.set(id, (types.get(id) ?? new Set()).add(type));
    return { element, id, type };
  });
  return new Map(
    named
      .filter(({ id }) => id !== '')
      .map(({ element, id, type }) => [element, (types.get(id)?.size ?? 0) > 1 && type !== '' ? `${id} ${type}` : id] as const),
  );
}

/** The day as written, whatever the zone behind it: it is the one that stands on the bank's paper. */
function dayOf(text: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{2}|$|[.[])/.exec(text);
  return match === null ? text : `${match[1]}-${match[2]}-${match[3]}`;
}

function dayIn(text: string): CivilDate | null {
  const date = parseDate(dayOf(text));
  return isDate(date) ? date : null;
}

function closingOf(element: OfxElement, currency: CurrencyCode): BankStatement['closing'] {
  const balance = element.children.find(({ name }) => name === 'LEDGERBAL');
  const on = dayIn(ofxText(balance, 'DTASOF'));
  const amount = parseAmount(ofxText(balance, 'BALAMT').replace(/^\+/, '').replace(',', '.'), currency);
  return on === null || typeof amount === 'string' ? null : { amount, on };
}

function recordOf(element: OfxElement): BankRecord {
  const field = (name: string): string => ofxText(element, name);
  const payee =
    field('NAME') ||
    ofxText(
      element.children.find(({ name }) => name === 'PAYEE'),
      'NAME',
    );
  const extended = field('EXTDNAME');
  const currency = ofxText(
    element.children.find(({ name }) => name === 'CURRENCY'),
    'CURSYM',
  );
  const check = field('CHECKNUM');
  const note = [field('MEMO'), /^0*$/.test(check) ? '' : `check ${check}`].filter(Boolean).join(' · ');
  return {
    line: element.line,
    text: element.children.map(({ name, text }) => `${name}=${text}`).join(' '),
    date: dayOf(field('DTPOSTED')),
    amount: field('TRNAMT').replace(/^\+/, ''),
    payee: extended.startsWith(payee) ? extended : payee,
    note,
    bankId: field('FITID'),
    ...(currency === '' ? {} : { currency }),
    ...(field('TRNTYPE').toUpperCase() === 'XFER' ? { tags: ['transfer'] } : {}),
  };
}
