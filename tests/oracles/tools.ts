/** The three tools: how each is given a journal, and how its figures are read back. */
import {
  beancountJournal,
  beancountStyle,
  exponentOf,
  fromTagValue,
  hledgerJournal,
  ledgerJournal,
  plainStyle,
} from '@kakeibo/core';
import type { CurrencyCode, Journal, JournalTextOptions, NameStyle } from '@kakeibo/core';
import { monthKey, type Figures, type RegisterRow } from './figures.ts';
import { minorOf, runQuietly } from './programs.ts';

export interface Tool {
  readonly name: 'hledger' | 'ledger' | 'beancount';
  readonly style: NameStyle;
  write(journal: Journal, options: JournalTextOptions): Iterable<string>;
  /** Reads the file with the tool, which must accept it; `wallets` are the accounts whose registers are asked for. */
  read(file: string, wallets: ReadonlySet<string>): Promise<Figures>;
}

const units = (decimal: string, currency: string): bigint => minorOf(decimal, exponentOf(currency as CurrencyCode));

class Reading {
  readonly months = new Map<string, bigint>();
  readonly registers = new Map<string, RegisterRow[]>();

  month(account: string, currency: string, month: string, amount: bigint): void {
    const key = monthKey(account, currency, month);
    if (this.months.has(key)) throw new Error(`${key} comes twice`);
    if (amount !== 0n) this.months.set(key, amount);
  }

  /** A posting to a wallet; `running` is what the tool says that it comes to, where it does. */
  row(account: string, row: Omit<RegisterRow, 'running'>, running?: bigint): void {
    const rows = this.registers.get(account) ?? [];
    this.registers.set(account, rows);
    rows.push({ ...row, running: running ?? (rows.at(-1)?.running ?? 0n) + row.amount });
  }
}

interface HledgerAmount {
  readonly acommodity: string;
  readonly aquantity: { readonly decimalMantissa: bigint; readonly decimalPlaces: bigint };
}
interface HledgerBalances {
  readonly prDates: readonly (readonly [string, string])[];
  readonly prRows: readonly { readonly prrName: string; readonly prrAmounts: readonly (readonly HledgerAmount[])[] }[];
}
interface HledgerTransaction {
  readonly tdate: string;
  readonly tcode: string;
  readonly ttags: readonly (readonly [string, string])[];
  readonly tpostings: readonly {
    readonly paccount: string;
    readonly pamount: readonly HledgerAmount[];
    readonly pbalanceassertion: { readonly baamount: HledgerAmount } | null;
  }[];
}

const WHOLE = /^(-?\d+)(?:\.(\d+))?(?:e\+?(\d+))?$/i;

/** JSON whose whole numbers are exact: hledger writes mantissas that a double cannot hold, large ones as `1.234e21`. */
function exactJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    const [, whole, decimals = '', exponent = '0'] = (typeof value === 'number' && WHOLE.exec(context?.source ?? '')) || [];
    return whole === undefined || decimals.length > Number(exponent)
      ? value
      : BigInt(whole + decimals) * 10n ** BigInt(Number(exponent) - decimals.length);
  });
}

function hledgerUnits({ acommodity, aquantity: { decimalMantissa, decimalPlaces } }: HledgerAmount): bigint {
  const missing = exponentOf(acommodity as CurrencyCode) - Number(decimalPlaces);
  if (missing < 0) throw new Error(`hledger has ${decimalPlaces} decimals of ${acommodity}`);
  return decimalMantissa * 10n ** BigInt(missing);
}

const hledger: Tool = {
  name: 'hledger',
  style: plainStyle,
  write: hledgerJournal,
  async read(file, wallets) {
    const reading = new Reading();
    const [balances, transactions] = (await Promise.all([
      runQuietly('hledger', ['-f', file, 'balance', '--monthly', '--flat', '--no-total', '-O', 'json']).then(exactJson),
      runQuietly('hledger', ['-f', file, 'print', '-O', 'json']).then(exactJson),
      runQuietly('hledger', ['-f', file, 'check', '--strict']),
    ])) as unknown as readonly [HledgerBalances, readonly HledgerTransaction[]];
    for (const { prrName, prrAmounts } of balances.prRows) {
      for (const [at, amounts] of prrAmounts.entries()) {
        const month = (balances.prDates[at]?.[0] ?? '').slice(0, 7);
        for (const amount of amounts) reading.month(prrName, amount.acommodity, month, hledgerUnits(amount));
      }
    }
    for (const { tdate: date, tcode: id, ttags, tpostings } of transactions) {
      const tag = (wanted: string): string | undefined => ttags.find(([name]) => name === wanted)?.[1];
      const notes = [tag('note') ?? '', tag('received-note') ?? tag('note') ?? ''].map(fromTagValue);
      for (const { paccount, pamount, pbalanceassertion } of tpostings) {
        const [amount] = pamount;
        if (!wallets.has(paccount) || amount === undefined) continue;
        // hledger has compared the asserted balance with its own when it read the file.
        const running = pbalanceassertion === null ? undefined : hledgerUnits(pbalanceassertion.baamount);
        const minor = hledgerUnits(amount);
        // What came has a note of its own where the two sides of a transfer say different things.
        reading.row(paccount, { date, id, note: notes[minor > 0n ? 1 : 0], amount: minor }, running);
      }
    }
    return reading;
  },
};

const ledger: Tool = {
  name: 'ledger',
  style: plainStyle,
  write: ledgerJournal,
  async read(file, wallets) {
    const reading = new Reading();
    const ask = (...args: readonly string[]): Promise<string> =>
      runQuietly('ledger', ['--args-only', '-f', file, '--pedantic', 'register', ...args]);
    const [months, rows] = await Promise.all([
      ask('--monthly', '--format', '%(format_date(date, "%Y-%m"))\\t%(account)\\t%(scrub(amount))\\n'),
      ask(
        '--format',
        '%(format_date(date, "%Y-%m-%d"))\\t%(code)\\t%(account)\\t%(scrub(amount))\\t%(tag("note"))\\t%(has_tag("received-note"))\\t%(tag("received-note"))\\n',
      ),
    ]);
    let [month, account] = ['', ''];
    // An account's amounts in several currencies stand below one another.
    for (const line of months.split('\n').filter((text) => text !== '')) {
      const cells = line.split('\t');
      if (cells.length === 3) [month = '', account = ''] = cells;
      const [currency = '', decimal = ''] = (cells.at(-1) ?? '').trim().split(' ');
      if (decimal !== '') reading.month(account, currency, month, units(decimal, currency));
    }
    for (const line of rows.split('\n').filter((text) => text !== '')) {
      const [date = '', id = '', name = '', amount = '', sent = '', isOwn = '', own = ''] = line.split('\t');
      const [currency = '', decimal = ''] = amount.split(' ');
      const minor = units(decimal, currency);
      const note = fromTagValue(minor > 0n && isOwn === 'true' ? own : sent);
      if (wallets.has(name)) reading.row(name, { date, id, note, amount: minor });
    }
    return reading;
  },
};

/** beancount's numbers as text: `Decimal('-12.50')`, and `Decimal('0E-3')` for nothing. */
function plainDecimal(text: string): string {
  const [, decimal = text] = /^Decimal\('(.*)'\)$/.exec(text) ?? [];
  return /^-?0E-?\d+$/.test(decimal) ? '0' : decimal;
}

const beancount: Tool = {
  name: 'beancount',
  style: beancountStyle,
  write: beancountJournal,
  async read(file, wallets) {
    const reading = new Reading();
    // bean-query reports what bean-check does, and then goes on. A number by itself it cuts to the decimals that most numbers have; as text it is whole.
    const ask = async (query: string): Promise<readonly (readonly string[])[]> =>
      (await runQuietly('bean-query', ['--format', 'csv', file, query]))
        .split(/\r?\n/)
        .slice(1)
        .filter((line) => line !== '' && line !== '(empty)')
        .map((line) => line.split(',').map((cell) => cell.trim()));
    const [months, rows] = await Promise.all([
      ask('SELECT year, month, account, currency, str(sum(number)) GROUP BY year, month, account, currency'),
      ask("SELECT date, entry_meta('eid'), account, str(number), currency WHERE account ~ '^Assets:'"),
      runQuietly('bean-check', [file]),
    ]);
    for (const [year = '', month = '', account = '', currency = '', sum = ''] of months) {
      reading.month(account, currency, `${year}-${month.padStart(2, '0')}`, units(plainDecimal(sum), currency));
    }
    for (const [date = '', id = '', account = '', number = '', currency = ''] of rows) {
      if (wallets.has(account)) reading.row(account, { date, id, amount: units(plainDecimal(number), currency) });
    }
    return reading;
  },
};

export const tools: readonly Tool[] = [hledger, ledger, beancount];
