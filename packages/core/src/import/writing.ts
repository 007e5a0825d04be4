import type { CurrencyCode } from '../currency.ts';
import { refuseFile, type BankFileRefusal } from './bank-file.ts';
import type { Writing } from './bank-record.ts';
import type { Row } from './layout.ts';
import { judgeMark, judgeOrder, scanInSteps } from './scan.ts';

/**
 * Finds out over all rows (a day in their first cell, an amount in the second) how a file writes days and amounts, where its format
 * does not say. What stays open is a question, and the file is refused until a person has answered it.
 */
export function* writingInSteps(
  rows: readonly Row[],
  { currency, dateOrder, decimalMark }: Writing & { readonly currency: CurrencyCode },
): Generator<void, Required<Writing> | BankFileRefusal> {
  const found = { columns: { date: 0, amount: 1 }, dates: [0], figures: [1] };
  const scan = yield* scanInSteps(rows, found, Number.POSITIVE_INFINITY);
  const order = judgeOrder(scan);
  const [first = 'dmy'] = order.orders;
  if (dateOrder === undefined && !order.sure) {
    return refuseFile('date-order-ambiguous', `In which order are the dates written: ${order.orders.join(' or ')}?`);
  }
  const mark = judgeMark(scan, currency);
  if (decimalMark === undefined && !mark.sure) {
    return refuseFile('decimal-mark-ambiguous', 'Which mark stands before the decimals: a point or a comma?');
  }
  return { dateOrder: dateOrder ?? first, decimalMark: decimalMark ?? mark.mark };
}
