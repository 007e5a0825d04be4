import { readCamt } from '@kakeibo/adapters/camt';
import { formatAmount, type StatementRow } from '@kakeibo/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsOf, badLines, bytesOf, escaped, frameOf, inEuro, placeless, refusalOf, rowLines, someRows } from './accounts.ts';
import { encode } from './bank-file.ts';
import { balance, details, document, entry, party } from './camt-document.ts';

const read = async (text: string, options = {}): Promise<Awaited<ReturnType<typeof readCamt>>> =>
  readCamt(bytesOf(text), { ...inEuro, ...options });

function sample(isNew: boolean): string {
  const status = isNew ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>';
  const parties = `<RltdPties>${party('Dbtr', 'Erika Mustermann', isNew)}${party('Cdtr', 'Müller &amp; Söhne', isNew)}</RltdPties>`;
  return [
    balance('OPBD', '100.00', '2026-10-01'),
    balance('CLBD', '12.34', '2026-10-31', 'DBIT'),
    entry(
      `<ValDt><Dt>2026-10-16</Dt></ValDt><AcctSvcrRef>2026101400001</AcctSvcrRef>${details(`<TxDtls>${parties}<RmtInf><Ustrd>Rechnung 1</Ustrd><Ustrd>vom &lt;1.10.&gt;</Ustrd></RmtInf></TxDtls>`)}`,
      { status },
    ),
    entry(`<RvslInd>true</RvslInd>${details(`<TxDtls>${parties}</TxDtls>`)}<AddtlNtryInf>RETOURE</AddtlNtryInf>`, {
      status,
      side: 'CRDT',
    }),
    entry(details(`<TxDtls>${parties}<RmtInf><Strd><CdtrRefInf><Ref>RF18 5390</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`), {
      status,
      side: 'CRDT',
      day: '<BookgDt><DtTm>2026-10-31T23:30:00-05:00</DtTm></BookgDt>',
    }),
    entry('<NtryRef>1</NtryRef>', { status, day: '<ValDt><Dt>2026-10-17</Dt></ValDt>' }),
  ].join('\n');
}

const expected = [
  '2026-10-14 -12.50 Unsorted | Müller & Söhne | Rechnung 1 vom <1.10.> | 2026101400001',
  '2026-10-14 +12.50 - | Müller & Söhne | RETOURE',
  '2026-10-31 +12.50 - | Erika Mustermann | RF18 5390',
  '2026-10-17 -12.50 Unsorted',
];

describe('CAMT', () => {
  it.each([
    ['053.001.02', ''],
    ['053.001.04', ''],
    ['053.001.08', ''],
    ['053.001.13', 'ns2'],
    ['052.001.02', ''],
    ['052.001.08', 'camt'],
    ['054.001.08', ''],
  ])('%s with the prefix “%s” tells the same', async (version, prefix) => {
    const [account] = accountsOf(
      await read(document(sample(version > '053.001.07' || version.endsWith('.08')), { version, prefix })),
    );
    expect(frameOf(account)).toBe('DE02120300000000202051 EUR 2026-10-14..2026-10-31 -12.34 2026-10-31');
    expect(rowLines(account).map((line) => line.replace(/^\d+ /, ''))).toEqual(expected);
    expect(account?.rows.map(({ line }) => line)).toEqual([8, 10, 12, 14]);
    expect(badLines(account)).toEqual([]);
  });

  it('compares the balances with the booked rows, and says where they differ', async () => {
    const warned = async (inside: string): Promise<readonly string[]> => {
      const file = await read(document(inside));
      if (file.kind === 'refused') throw new Error(file.message);
      return file.warnings.map(({ code, line, account, message }) => `${code} ${line} ${account} ${message}`);
    };
    const pending = entry('', { status: '<Sts><Cd>PDNG</Cd></Sts>' });
    const rows = `${entry('')}${entry('', { side: 'CRDT', amount: '2.50' })}${pending}`;
    const opens = balance('OPBD', '100.00', '2026-10-01');
    expect(await warned(opens + balance('CLBD', '90.00', '2026-10-31') + rows)).toEqual([]);
    expect(
      await warned(balance('PRCD', '5.00', '2026-10-01', 'DBIT') + balance('CLBD', '15.00', '2026-10-31', 'DBIT') + rows),
    ).toEqual([]);
    expect(await warned(opens + balance('CLBD', '90.01', '2026-10-31') + rows)).toEqual([
      'balance-differs 6 DE02120300000000202051 The opening balance and the rows come to 90.00 EUR; the closing balance is 90.01. A row may be missing, or one too many.',
    ]);
    expect(await warned(opens + balance('CLBD', '90.00', '2026-10-31') + rows + entry('', { currency: 'USD' }))).toEqual([]);
    expect((await warned(opens + balance('CLBD', '1.00', '2026-10-31') + entry('', { currency: 'USD' }).repeat(2)))[0]).toContain(
      '100.00 EUR, without 2 rows that cannot be read; the closing balance is 1.00.',
    );
    expect(await warned(balance('CLBD', '90.01', '2026-10-31') + rows)).toEqual([]);
  });

  const tx = (amount: string, name: string, more = ''): string =>
    `<TxDtls>${more}<AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Cdtr><Nm>${name}</Nm></Cdtr></RltdPties></TxDtls>`;

  it('takes a batch apart when its transactions add up, and not when they do not', async () => {
    const own = '<Refs><AcctSvcrRef>OWN-REF-1</AcctSvcrRef></Refs>';
    const batch = (last: string): string =>
      details(`<Btch><NbOfTxs>2</NbOfTxs></Btch>${tx('10.00', 'A', own)}`) + details(tx(last, 'B'));
    const text = document(
      entry(`<AcctSvcrRef>BATCH-1</AcctSvcrRef>${batch('2.50')}`) +
        entry(`<AcctSvcrRef>BATCH-2</AcctSvcrRef>${batch('2.49')}`) +
        entry(details('<TxDtls/><TxDtls/>')) +
        entry(details(`<TxDtls/>${tx('12.50', 'A')}`)) +
        entry(details(tx('10.00', 'A') + tx('2.50', 'B').replace('EUR', 'USD'))),
    );
    const [account] = accountsOf(await read(text));
    expect(rowLines(account)).toEqual([
      '6 2026-10-14 -10.00 Unsorted | A |  | OWN-REF-1',
      '6 2026-10-14 -2.50 Unsorted | B |  | BATCH-1/2',
      '7 2026-10-14 -12.50 Unsorted |  | 2 transactions | BATCH-2',
      '8 2026-10-14 -12.50 Unsorted |  | 2 transactions',
      '9 2026-10-14 -12.50 Unsorted |  | 2 transactions',
      '10 2026-10-14 -12.50 Unsorted |  | 2 transactions',
    ]);
  });

  it('tells the transactions of a batch apart that all bear the reference of the batch', async () => {
    const same = '<Refs><AcctSvcrRef>BATCH-1</AcctSvcrRef></Refs>';
    const twins = details(tx('6.25', 'A', same) + tx('6.25', 'A', same));
    const [account] = accountsOf(await read(document(entry(`<AcctSvcrRef>BATCH-1</AcctSvcrRef>${twins}`) + entry(twins))));
    expect(rowLines(account)).toEqual([
      '6 2026-10-14 -6.25 Unsorted | A |  | BATCH-1/1',
      '6 2026-10-14 -6.25 Unsorted | A |  | BATCH-1/2',
      '7 2026-10-14 -6.25 Unsorted | A',
      '7 2026-10-14 -6.25 Unsorted | A',
    ]);
    expect(badLines(account)).toEqual([]);
  });

  it('joins the statements of one account, and reports what is not booked, repeated or in another currency', async () => {
    const id = '<AcctSvcrRef>SAME-REF</AcctSvcrRef>';
    const inside =
      entry(id) +
      entry('', { status: '<Sts><Cd>PDNG</Cd></Sts>' }) +
      entry('', { status: '<Sts>INFO</Sts>' }) +
      entry('', { currency: 'USD' }) +
      entry('', { amount: '-1.00' }) +
      entry('', { amount: '1.005' }) +
      entry('', { side: 'X' }) +
      entry('', { day: '' }) +
      entry('', { day: '<BookgDt><Dt>2026-02-30</Dt></BookgDt>' }) +
      entry('', { day: '<BookgDt><Dt>--10-14</Dt></BookgDt>' });
    const again = `</Stmt><Stmt><Id>S2</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${entry(id)}`;
    const other = `</Stmt><Stmt><Id>S3</Id><Acct><Id><Othr><Id>77</Id></Othr></Id></Acct>${entry('', { currency: 'JPY', amount: '1500' })}`;
    const accounts = accountsOf(await read(document(inside + again + other)));
    expect(accounts.map((account) => rowLines(account).length)).toEqual([1, 1]);
    expect(frameOf(accounts[1])).toBe('77 JPY 2026-10-14..2026-10-14 - -');
    expect(badLines(accounts[0])).toEqual([
      '7 row-not-booked',
      '8 row-not-booked',
      '9 currency-differs',
      '10 amount-negative',
      '11 amount-too-precise',
      '12 mark-unknown',
      '13 date-missing',
      '14 date-not-real',
      '15 date-unreadable',
      '16 duplicate-id',
    ]);
  });

  it('drops comments with what is in them, and takes CDATA for text', async () => {
    const text = document(`<!-- ${entry('')} -->${entry('<AddtlNtryInf><![CDATA[<Ntry> & </Ntry>]]></AddtlNtryInf>')}`);
    expect(rowLines(accountsOf(await read(text))[0])).toEqual(['7 2026-10-14 -12.50 Unsorted |  | <Ntry> & </Ntry>']);
  });

  it('reads Latin 1 when that is declared', async () => {
    const text = document(entry('<AddtlNtryInf>Bäcker</AddtlNtryInf>'));
    const latin = encode(text.replace('UTF-8', 'ISO-8859-1'), { bytes: 'windows-1252' });
    expect(rowLines(accountsOf(await readCamt(latin, inEuro))[0])).toEqual(['6 2026-10-14 -12.50 Unsorted |  | Bäcker']);
    expect(refusalOf(await readCamt(encode(text, { bytes: 'windows-1252' }), inEuro))).toBe('encoding-invalid 6');
  });
});

describe('a CAMT file is refused as a whole', () => {
  const valid = document(entry(''));
  const bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>\n';
  it.each([
    ['when it is none', '<html></html>', 'statement-missing 1 Document'],
    ['when it is no XML', 'Date,Amount', 'file-malformed 1 Document'],
    ['when it holds an entity bomb', valid.replace('<Document', `${bomb}<Document`), 'doctype-refused 2'],
    [
      'when it names an external entity',
      valid.replace('<Ntry>', '<Ntry>\n<!DOCTYPE a SYSTEM "file:///etc/passwd">'),
      'doctype-refused 7',
    ],
    ['when it ends inside of an entry', valid.slice(0, valid.indexOf('<CdtDbtInd>')), 'file-truncated 6'],
    ['when it ends inside of a tag', valid.slice(0, valid.indexOf('</Ntry>') + 4), 'file-truncated 6'],
    ['when it ends behind an entry', valid.slice(0, valid.indexOf('</Stmt>')), 'file-truncated'],
    ['when an element of an entry is not closed', valid.replace('</Amt>', ''), 'file-malformed 6 Stmt[1]/Ntry[1]'],
    ['when an entry is in an entry', valid.replace('</Ntry>', '<Ntry></Ntry></Ntry>'), 'file-malformed 6'],
    ['when an entry is outside of every statement', valid.replace('<Stmt>', '<Stmt><X><Ntry></Ntry></X>'), 'file-malformed'],
    ['when its currency is unknown', valid.replace('<Ccy>EUR', '<Ccy>XXX'), 'currency-unknown Stmt[1]/Acct/Ccy'],
    [
      'when it nests 10,000 deep',
      valid.replace('<Id>S1', `<Id>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`),
      'nesting-too-deep 1 Document',
    ],
    [
      'when an entry nests 10,000 deep',
      document(entry(`${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`)),
      'nesting-too-deep 6 Stmt[1]/Ntry[1]',
    ],
    ['when a text has 10 MB', document(entry(`<AddtlNtryInf>${'x'.repeat(10_000_000)}</AddtlNtryInf>`)), 'text-too-long 6'],
    ['when a tag has 10 MB', document(entry(`<a b="${'x'.repeat(10_000_000)}"/>`)), 'text-too-long 6'],
  ])('%s', async (_, text, refusal) => {
    expect(refusalOf(await read(text)).slice(0, refusal.length)).toBe(refusal);
  });

  it('when it is larger than is allowed', async () => {
    expect(refusalOf(await read(valid, { maxBytes: 5 }))).toBe('file-too-large');
  });

  it('wherever it is cut', async () => {
    const text = document(sample(true)).trimEnd();
    for (let length = 1; length < text.length; length += 5) expect((await read(text.slice(0, length))).kind).toBe('refused');
  });
});

function written(rows: readonly StatementRow[]): string {
  const entries = rows.map(({ kind, amount, occurredOn, payee = '', note = '', bankId = '' }) => {
    const role = kind === 'income' ? 'Dbtr' : 'Cdtr';
    const inside = `<AcctSvcrRef>${bankId}</AcctSvcrRef>${details(
      `<TxDtls><RltdPties>${party(role, escaped(payee), true)}</RltdPties><RmtInf><Ustrd>${escaped(note)}</Ustrd></RmtInf></TxDtls>`,
    )}`;
    const side = kind === 'income' ? 'CRDT' : 'DBIT';
    return entry(inside, { amount: formatAmount(amount), side, day: `<BookgDt><Dt>${occurredOn}</Dt></BookgDt>` });
  });
  return document(entries.join(''));
}

describe('rows', () => {
  it('written as CAMT are read again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async (rows) => {
        const [account] = accountsOf(await read(written(rows)));
        expect(badLines(account)).toEqual([]);
        expect(placeless(account?.rows ?? [])).toEqual(placeless(rows));
      }),
      { numRuns: 200 },
    );
  });

  it('of hostile text come to accounts or a refusal, never to an exception', async () => {
    const piece = fc.constantFrom(
      '<Ntry>',
      '</Ntry>',
      '<Ntry/>',
      '<__proto__>',
      '</__proto__>',
      '<Amt Ccy="EUR">1</Amt>',
      '<Sts>',
      '</Sts>',
      '&x;',
      '&',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<',
      '>',
      '<Ntry>7</Ntry>',
      '<?x',
      '?>',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        expect((await read(document(pieces.join('')))).kind).toMatch(/^(?:bank-file|refused)$/);
      }),
      { numRuns: 500 },
    );
  });
});
