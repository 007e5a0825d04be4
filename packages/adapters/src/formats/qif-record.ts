import type { BankRecord, BankRecordPart } from '@kakeibo/core';

/** The fields of a QIF record as written. */
export interface QifFields {
  readonly line: number;
  readonly text: string[];
  date: string;
  amount: string;
  payee: string;
  memo: string;
  check: string;
  category: string;
  readonly splits: { category: string; amount: string; memo: string }[];
}

/**
 * A date of QIF with its blanks and its apostrophe resolved: `1/ 2'26` and `1/2' 6` are years from 2000 on.
 *
 * @example
 * qifDate("1/ 2' 6"); // '1/2/2006'
 */
export function qifDate(text: string): string {
  const match = /^ ?(\d{1,2})([-/.]) ?(\d{1,2})' ?(\d{1,4})$/.exec(text.trim());
  if (match === null) return /[a-z]/i.test(text) ? text.trim() : text.replaceAll(' ', '');
  const [, first = '', mark = '', second = '', year = ''] = match;
  return [first, second, year.length > 2 ? year.padStart(4, '0') : `20${year.padStart(2, '0')}`].join(mark);
}

/** A QIF record as a bank record. */
export function qifRecord(fields: QifFields, account: string | null): BankRecord {
  const { category, tags, transfer } = targetOf(fields.category);
  const check = /^\d+$/.test(fields.check) ? `check ${fields.check}` : '';
  const other = transfer === undefined ? '' : `[${transfer}]`;
  const note = [fields.memo, check, other].filter(Boolean).join(' · ');
  const parts = partsOf(fields);
  const trouble = troubleOf(fields, transfer, account);
  return {
    line: fields.line,
    text: fields.text.join(' '),
    date: qifDate(fields.date),
    amount: fields.amount.replace(/^\+/, ''),
    payee: fields.payee,
    note,
    tags: transfer === undefined ? tags : [...tags, 'transfer'],
    ...(category === '' || parts !== undefined ? {} : { category }),
    ...(parts === undefined ? {} : { parts }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

interface Target {
  readonly category: string;
  readonly tags: readonly string[];
  readonly transfer?: string;
}

/** What a category field names: `Food:Out/Trip` is a category with a class, `[Savings]` the account of a transfer. */
function targetOf(text: string): Target {
  const bracketed = /^\[([^\]]*)\](?:\/(.*))?$/.exec(text);
  if (bracketed !== null) {
    return { category: '', transfer: (bracketed[1] ?? '').trim(), tags: bracketed[2] === undefined ? [] : [bracketed[2]] };
  }
  const slash = text.indexOf('/');
  if (slash < 0) return { category: text === '--Split--' ? '' : text, tags: [] };
  return { category: text.slice(0, slash).trim(), tags: [text.slice(slash + 1)] };
}

function partsOf({ splits }: QifFields): readonly BankRecordPart[] | undefined {
  if (splits.length === 0) return undefined;
  return splits.map(({ category, amount, memo }) => ({
    category: targetOf(category).category,
    amount: amount.replace(/^\+/, ''),
    ...(memo === '' ? {} : { note: memo }),
  }));
}

function troubleOf({ splits }: QifFields, transfer: string | undefined, account: string | null): BankRecord['trouble'] {
  if (transfer !== undefined && transfer === account) {
    return { code: 'opening-balance', reason: 'The row is the balance that the account opens with, and no transaction.' };
  }
  const within = splits.find(({ category }) => category.startsWith('['));
  if (within === undefined) return undefined;
  return {
    code: 'parts-mixed',
    reason: `A part of the split is a transfer to ${within.category.slice(0, 60)}; book it by itself.`,
  };
}
