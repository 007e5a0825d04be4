import { archiveOf, money, parseCurrency, readArchive, recognise, type CurrencyCode, type Row } from '@kakeibo/core';

const eur = parseCurrency('EUR') as CurrencyCode;

function rowsOf(...lines: readonly string[]): readonly Row[] {
  return lines.map((line, at) => ({ line: at + 1, cells: line.split(';') }));
}

const unclear = rowsOf('Datum;Betrag', '03.04.2026;12,50', '05.06.2026;3,50').map(({ line, cells }) => ({
  line,
  cells: cells.map((cell) => cell.replaceAll('.', '/')),
}));
const marked = rowsOf('Datum;Betrag;S/H', '14.10.2026;12,50;S', '15.10.2026;100,00;H');
const cash = {
  id: 'w-1',
  name: 'Cash',
  currency: eur,
  entries: [
    { id: 'e-1', version: 2, facts: { kind: 'expense', amount: money(1250n, eur), occurredOn: '2026-10-14', category: 'Food' } },
  ],
};
const coffee = { kind: 'expense', amount: money(350n, eur), occurredOn: '2026-10-14', note: 'Café' };

/** What the examples of one file take as given besides what all may: by the file's name. */
export const givenIn: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'export/csv-rows.ts': {
    entry: { id: 'e-1', kind: 'expense', amount: money(1250n, eur), occurredOn: '2026-10-14', category: 'Food' },
  },
  'export/beancount.ts': { cash },
  'export/hledger.ts': { cash },
  'export/journal.ts': { cash },
  'export/ledger-cli.ts': { cash },
  'import/columns.ts': { rows: rowsOf('14.10.2026;12,50', '15.10.2026;3,50') },
  'import/currency-names.ts': { cad: parseCurrency('CAD') },
  'import/duplicates.ts': {
    rows: [{ fingerprint: '2026-10-14 -350 EUR cafe' }, { fingerprint: '2026-10-14 -350 EUR cafe' }],
    entries: [coffee, coffee],
  },
  'import/fingerprint.ts': { occurredOn: '2026-10-14' },
  'import/layout.ts': { layout: recognise(unclear, { currency: eur }) },
  'import/recognise.ts': { rows: marked },
  'import/row-amount.ts': { layout: recognise(marked, { currency: eur }) },
  'import/scan.ts': {
    scan: {
      orders: { onlyDmy: 0, onlyMdy: 0, both: 2, ymd: 0, dotted: 0, open: 2 },
      firstFigures: new Set([3, 5]),
      lastFigures: new Set([4, 6]),
    },
  },
  'ledger/archive.ts': { archive: readArchive([...archiveOf([])].map((line) => line.trim())) },
  'import/statement.ts': { rows: marked, layout: recognise(marked, { currency: eur }) },
};
