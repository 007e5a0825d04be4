import { expect, test } from 'vitest';
import type { Wallet } from '../../packages/http/dashboard/src/api/types.ts';
import { rateOf } from '../../packages/http/dashboard/src/transfers/rate.ts';
import { checkTransfer } from '../../packages/http/dashboard/src/transfers/transfer-fields.ts';
import { stateInWords } from '../../packages/http/dashboard/src/transfers/transfer-words.ts';

test('a rate has six digits, cut, and no zeros at its end', () => {
  expect(rateOf('100.00', '108.42')).toBe('1.0842');
  expect(rateOf('100.00', '8242.14')).toBe('82.4214');
  expect(rateOf('3.00', '2.00')).toBe('0.666666');
  expect(rateOf('1000', '6.10')).toBe('0.0061');
  expect(rateOf('1.00', '163000')).toBe('163000');
  expect(rateOf('0.00', '1.00')).toBeUndefined();
});

const wallet = (id: string, currency: string, decimals: number): Wallet => ({
  id,
  name: id,
  currency,
  decimals,
  zone: 'UTC',
  status: 'open',
  openedOn: '2026-01-01',
  today: '2026-10-14',
  balance: '0',
  setAside: '0',
  available: '0',
  planned: { in: '0', out: '0' },
  entries: 0,
  version: 1,
  position: 1,
});
const giro = wallet('giro', 'EUR', 2);
const blank = { to: '', amount: '12,50', arrives: '', fee: '', feeCategory: '', occurredOn: '2026-10-14', note: ' ' };

test('a transfer is checked field by field, and says only what was written', () => {
  const savings = wallet('savings', 'EUR', 2);
  expect(checkTransfer(blank, giro, savings)).toEqual({ body: { to: 'savings', amount: '12.50', occurredOn: '2026-10-14' } });
  expect(checkTransfer(blank, giro, undefined)).toMatchObject({ field: 'to' });
  expect(checkTransfer({ ...blank, amount: '' }, giro, savings)).toMatchObject({ field: 'amount' });
  expect(checkTransfer({ ...blank, fee: '1' }, giro, savings)).toMatchObject({ field: 'feeCategory' });
  expect(checkTransfer({ ...blank, fee: '1', feeCategory: 'Bank' }, giro, savings)).toMatchObject({
    body: { fee: { amount: '1.00', category: 'Bank' } },
  });
});

test('between currencies it needs what arrives, in the decimals of the other wallet', () => {
  const yen = wallet('yen', 'JPY', 0);
  expect(checkTransfer(blank, giro, yen)).toMatchObject({ field: 'arrives' });
  expect(checkTransfer({ ...blank, arrives: '2037.5' }, giro, yen)).toMatchObject({ field: 'arrives' });
  expect(checkTransfer({ ...blank, arrives: '2037' }, giro, yen)).toMatchObject({ body: { toAmount: '2037' } });
});

test('one that came back says why, unless it was simply taken back', () => {
  expect(stateInWords('returned', 'recalled')).toBe('taken back');
  expect(stateInWords('returned')).toBe('taken back');
  expect(stateInWords('returned', 'The wallet is closed.')).toBe('came back. The wallet is closed.');
});
