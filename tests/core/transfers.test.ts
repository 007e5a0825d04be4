import {
  derivedRate,
  money,
  parseCurrency,
  type CurrencyCode,
  type RejectionCode,
  type WalletCommand,
  type WalletEvent,
} from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samples } from './sample-events.ts';

const opened = samples.WalletOpened;
const closed = samples.WalletClosed;
const { TransferSent: sent, TransferReceived: plainless, TransferRecalled: recalled, TransferReturned: returned } = samples;
const there = sent.entry.transfer.wallet;
const here = '3d9c4a2a-ac75-8f7a-9d3e-5b8e4c3f6072';
const eur = (minor: bigint) => ({ minor, currency: opened.currency });

/** What arrives: 100.00 EUR that left as 108.42 USD. */
const received: typeof plainless = {
  ...plainless,
  entry: { ...plainless.entry, transfer: { ...sent.entry.transfer } },
};
const transferId = sent.entry.transfer.id;
const send: WalletCommand = { type: 'SendTransfer', from: here, to: there, amount: '100', toCurrency: 'EUR' };
const receive: WalletCommand = {
  type: 'ReceiveTransfer',
  transferId,
  from: there,
  amount: '100.00',
  currency: 'EUR',
  sent: { amount: '108.42', currency: 'USD', entryId: transferId },
  occurredOn: '2026-10-21',
};
const groceries = samples.ExpenseAdded;
const salary = samples.IncomeAdded;
const join: WalletCommand = {
  type: 'JoinTransfer',
  entryId: groceries.entryId,
  wallet: there,
  other: { amount: '12.50', currency: 'EUR' },
  counterpart: samples.TransferReceived.entryId,
};
const nothing: readonly WalletEvent[] = [];
const refused = (reason: string): WalletEvent => ({ type: 'TransferRefused', transferId, from: there, reason });

describe('what is refused', () => {
  const rows: readonly (readonly [RejectionCode, readonly WalletEvent[], WalletCommand])[] = [
    ['wallet-unknown', [], send],
    ['wallet-closed', [opened, closed], send],
    ['transfer-to-itself', [opened], { ...send, to: here, amount: 'x' }],
    ['currency-unknown', [opened], { ...send, toCurrency: 'DEM' }],
    ['amount-malformed', [opened], { ...send, amount: '1e3' }],
    ['amount-malformed', [opened], { ...send, toCurrency: 'USD' }],
    ['amount-too-precise', [opened], { ...send, toCurrency: 'JPY', toAmount: '12.5' }],
    ['amount-not-positive', [opened], { ...send, toCurrency: 'USD', toAmount: '0' }],
    ['amount-not-positive', [opened], { ...send, amount: '-1' }],
    ['amounts-differ', [opened], { ...send, toAmount: '99.99' }],
    ['amount-malformed', [opened], { ...send, fee: { amount: 'NaN', category: 'Bank' } }],
    ['category-missing', [opened], { ...send, fee: { amount: '1', category: '' } }],
    // The first code in order comes, also when a later field has it.
    ['amount-malformed', [opened], { ...send, note: '\u0000', fee: { amount: 'NaN', category: 'Bank' } }],
    ['date-invalid', [opened], { ...send, occurredOn: '2026-02-30' }],
    ['tags-invalid', [opened], { ...send, tags: ['a b'] }],
    ['transfer-unknown', [opened], { type: 'RecallTransfer', transferId }],
    ['transfer-unknown', [opened, received], { type: 'RecallTransfer', transferId }],
    ['transfer-returned', [opened, sent, recalled], { type: 'RecallTransfer', transferId }],
    ['transfer-returned', [opened, sent, returned], { type: 'RecallTransfer', transferId }],
    ['wallet-closed', [opened, sent, closed], { type: 'RecallTransfer', transferId }],
    ['transfer-unknown', [opened], { type: 'GiveBackTransfer', transferId }],
    ['transfer-unknown', [opened, sent], { type: 'GiveBackTransfer', transferId }],
    ['transfer-returned', [opened, refused('wallet-closed')], { type: 'GiveBackTransfer', transferId }],
    ['note-invalid', [opened, received], { type: 'GiveBackTransfer', transferId, reason: 'a\u0007' }],
    ['transfer-unknown', [opened], { type: 'ReturnTransfer', transferId }],
    ['entry-is-transfer', [opened, sent], { type: 'VoidEntry', entryId: sent.entryId }],
    ['entry-is-transfer', [opened, received], { type: 'VoidEntry', entryId: received.entryId }],
    ['entry-is-transfer', [opened, sent], { type: 'CorrectEntry', entryId: sent.entryId, amount: '1' }],
    ['transfer-returned', [opened, sent, returned], { type: 'RestoreEntry', entryId: sent.entryId }],
    ['entry-unknown', [opened], join],
    ['entry-void', [opened, groceries, samples.EntryVoided], join],
    ['kind-invalid', [opened, { ...salary, entryId: groceries.entryId }], join],
    ['amounts-differ', [opened, groceries], { ...join, other: { amount: '12.51', currency: 'EUR' } }],
    ['entry-is-transfer', [opened, sent], { ...join, entryId: sent.entryId }],
    [
      'entry-refunded',
      [
        opened,
        groceries,
        {
          ...samples.ExpenseRefunded,
          entry: { ...samples.ExpenseRefunded.entry, amount: eur(100n), refunds: groceries.entryId },
        },
      ],
      join,
    ],
  ];
  test.each(rows)('%s', (code, history, command) =>
    givenEvents(...history)
      .when(command)
      .thenRejected(code),
  );
});

describe('what arrives is taken or refused, once, and always answered', () => {
  const rows: readonly (readonly [string, readonly WalletEvent[], WalletCommand, string])[] = [
    ['nobody', [], receive, 'wallet-unknown'],
    ['a closed wallet', [opened, closed], receive, 'wallet-closed'],
    ['another currency', [opened], { ...receive, currency: 'USD' }, 'currency-differs'],
    ['no currency', [opened], { ...receive, currency: 'DEM' }, 'currency-unknown'],
    ['an amount that is none', [opened], { ...receive, amount: '1.234' }, 'amount-too-precise'],
    ['a counterpart that is not there', [opened], { ...receive, counterpart: 'nobody' }, 'counterpart-changed'],
    ['a counterpart of another amount', [opened, salary], { ...receive, counterpart: salary.entryId }, 'counterpart-changed'],
    [
      'a counterpart that is an expense',
      [opened, groceries],
      { ...receive, amount: '12.50', counterpart: groceries.entryId },
      'counterpart-changed',
    ],
  ];
  test.each(rows)('%s', (_, history, command, reason) => {
    givenEvents(...history)
      .when(command)
      .then(refused(reason));
    // Whoever comes second changes nothing.
    givenEvents(...history, refused(reason))
      .when(command)
      .then(...nothing);
  });

  test('an open wallet of the currency takes it', () => {
    const { transfer } = received.entry;
    const entry = {
      ...received.entry,
      transfer: { ...transfer, wallet: there, other: { minor: 10_842n, currency: parseCurrency('USD') as CurrencyCode } },
    };
    const spec = givenEvents(opened).when(receive);
    if (spec.decision.kind !== 'accepted') throw new Error('it is taken');
    const [event] = spec.decision.events;
    if (event?.type !== 'TransferReceived') throw new Error('it is received');
    spec.then({ type: 'TransferReceived', entryId: event.entryId, entry });
    givenEvents(opened, event)
      .when(receive)
      .then(...nothing);
  });

  test('a wallet that refused before it was opened is opened like any other', () => {
    givenEvents(refused('wallet-unknown')).when({ type: 'AddIncome', amount: '1' }).thenRejected('wallet-unknown');
    givenEvents(refused('wallet-unknown'))
      .when({ type: 'OpenWallet', name: 'Household', currency: 'EUR', zone: 'Europe/Berlin' })
      .then({ ...opened, openedOn: '2026-10-14' as typeof opened.openedOn });
  });
});

test('a closed wallet gives back and gets back, and takes a second word for the first', () => {
  givenEvents(opened, received, closed)
    .when({ type: 'GiveBackTransfer', transferId, reason: 'recalled' })
    .then({ type: 'TransferGivenBack', entryId: received.entryId, entry: received.entry, reason: 'recalled' });
  givenEvents(opened, sent, closed)
    .when({ type: 'ReturnTransfer', transferId, reason: 'wallet-closed' })
    .then({ type: 'TransferReturned', entryId: sent.entryId, entry: sent.entry, reason: 'wallet-closed' });
  givenEvents(opened, sent, returned, closed)
    .when({ type: 'ReturnTransfer', transferId })
    .then(...nothing);
});

test('the rate has ten significant digits and is rounded half to even', () => {
  const code = (text: string): CurrencyCode => parseCurrency(text) as CurrencyCode;
  const rates = [
    derivedRate(money(300n, code('EUR')), money(200n, code('USD'))),
    derivedRate(money(1n, code('EUR')), money(999_999_999_999_999_999n, code('EUR'))),
    derivedRate(money(10_000_000_000_00n, code('EUR')), money(1_000_000_000_050n, code('USD'))),
    derivedRate(money(100n, code('JPY')), money(61n, code('EUR'))),
    derivedRate(money(999_999_999_999_999_999n, code('EUR')), money(1n, code('JPY'))),
  ];
  expect(rates).toEqual(['0.6666666667', '1000000000000000000', '1', '0.0061', '0.0000000000000001']);
});

test('the rate is as near to the exact ratio as ten digits can be', () => {
  const amount = fc.bigInt(1n, 10n ** 18n - 1n);
  const [eurCode, jpy, kwd] = ['EUR', 'JPY', 'KWD'].map((text) => parseCurrency(text) as CurrencyCode);
  fc.assert(
    fc.property(amount, amount, fc.constantFrom(eurCode, jpy, kwd), fc.constantFrom(eurCode, jpy, kwd), (a, b, from, to) => {
      if (from === undefined || to === undefined) throw new Error('the currencies are in the table');
      const decimals = { EUR: 2n, JPY: 0n, KWD: 3n } as Record<string, bigint>;
      const text = derivedRate(money(a, from), money(b, to));
      const [whole = '', fraction = ''] = text.split('.');
      expect(text).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
      const digits = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
      expect(digits.length).toBeLessThanOrEqual(10);
      // |rate - b/a| <= half a unit of the tenth digit, all multiplied out.
      const scale = 10n ** BigInt(fraction.length);
      const rate = BigInt(whole + fraction);
      const top = b * 10n ** (decimals[from] ?? 0n);
      const bottom = a * 10n ** (decimals[to] ?? 0n);
      const distance = rate * bottom - top * scale;
      expect((distance < 0n ? -distance : distance) * 2n * 10n ** 9n).toBeLessThanOrEqual(rate * bottom);
    }),
    { numRuns: 500 },
  );
});
