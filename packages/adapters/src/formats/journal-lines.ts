import { fromTagValue } from '@kakeibo/core';
import type { JournalTag } from './journal-transaction.ts';

const NAMED = /(?:^|[\s,])([^\s:,]+):(?:\s+|$)([^,]*)/g;
const PLAIN_TAGS = /(?:^|\s):((?:[^\s:]+:)+)(?=\s|$)/;

/**
 * The tags in a comment: `name: value` up to a comma, and ledger's `:one:two:`.
 *
 * @example
 * tagsIn('of work, trip: Rome, :fun:big:'); // [['trip', 'Rome'], ['fun', ''], ['big', '']]
 */
export function tagsIn(comment: string): readonly JournalTag[] {
  // What stands in the value of a tag is none of its own.
  const plain = /^[^\s:,]+:(?:\s|$)/.test(comment) ? [] : (PLAIN_TAGS.exec(comment)?.[1]?.split(':').filter(Boolean) ?? []);
  const named = [...(plain.length === 0 ? comment : comment.replace(PLAIN_TAGS, ' ')).matchAll(NAMED)];
  return [
    ...named.map(([, name = '', value = '']): JournalTag => [name, value.trim()]),
    ...plain.map((name): JournalTag => [name, '']),
  ];
}

/** What an account was called, as our own export writes it below its line. */
export function originalName(text: string): string | undefined {
  const [, original] = /^;\s*original: (.*)$/.exec(text) ?? [];
  return original === undefined ? undefined : fromTagValue(original);
}

// Comments, rules of a budget, and what declares names or prices: nothing of it moves money.
const SKIPPED = /^(?:$|[;#*%|~]|(?:account|commodity|payee|tag|P|N)(?:\s|$))/;

/** Why a line at the margin cannot be passed over; undefined when it can. */
export function skippedLine(text: string): string | undefined {
  if (SKIPPED.test(text)) return undefined;
  if (text.startsWith('=')) return 'is a rule that adds postings; write the journal with `hledger print --auto`';
  const [word = ''] = /^[!@]?[a-z]{1,20}(?=\s|$)/i.exec(text) ?? [];
  if (word === '') return 'is no part of a journal of hledger or ledger';
  return `has the directive “${word}”, which is not read; write the journal with \`hledger print\` or \`ledger print\``;
}
