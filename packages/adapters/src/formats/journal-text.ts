import { refuseFile, type BankFileRefusal, type DecimalMark } from '@kakeibo/core';
import { linesOf, MAX_BANK_RECORDS, tooManyRecords } from './bank-text.ts';
import { writtenAmount, writtenFigures } from './journal-amount.ts';
import { balanced } from './journal-balance.ts';
import { originalName, skippedLine, tagsIn } from './journal-lines.ts';
import { JournalMarks } from './journal-marks.ts';
import { MAX_POSTINGS, type JournalTransaction } from './journal-transaction.ts';
import type { WrittenTransaction } from './journal-written.ts';

const STEP_LINES = 5_000;

/**
 * Reads a journal as `hledger print`, `ledger print` and our own export write it, in small steps. What changes the meaning of
 * what follows, as `include` or `alias` do, is refused with its line: the tools' `print` has it worked in.
 */
export function* journalTextInSteps(
  text: string,
  decimalMark: DecimalMark | undefined,
): Generator<void, readonly JournalTransaction[] | BankFileRefusal> {
  const lines = linesOf(text);
  if ('kind' in lines) return lines;
  // Half an amount is an amount too: that it is whole only the break behind it tells, which the tools always write.
  if (lines.at(-1)?.trim() !== '') {
    const message = 'The journal does not end with a line break: it is cut off, or lacks one.';
    return refuseFile('file-truncated', message, { line: lines.length });
  }
  const reading = new JournalReading(decimalMark);
  for (const [index, line] of lines.entries()) {
    if (index % STEP_LINES === STEP_LINES - 1) yield;
    const fault = reading.take(line.trimEnd(), index + 1);
    if (fault !== undefined) return fault;
  }
  if (reading.openComment !== undefined) {
    const line = reading.openComment;
    return refuseFile('file-truncated', `The comment that begins on line ${line} has no end: the file is cut off.`, { line });
  }
  const transactions: JournalTransaction[] = [];
  for (const [index, written] of reading.transactions.entries()) {
    if (index % STEP_LINES === STEP_LINES - 1) yield;
    const transaction = balanced(written, reading.marks, reading.names);
    if ('kind' in transaction) return transaction;
    transactions.push(transaction);
  }
  return transactions;
}

const HEAD = /^(\d[\d/.-]*)(?:=[\d/.-]+)?(?:\s+([*!]))?(?:\s*\(([^)]*)\))?(?:\s+(.*))?$/;
const FULL_DATE = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;

/** A day with its zeros; what is no whole date stays, so that its row says what it lacks. */
function dateOf(text: string): string {
  const [, year, , month = '', day = ''] = FULL_DATE.exec(text) ?? [];
  return year === undefined ? text.slice(0, 40) : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A text and the comment behind it. */
function apart(text: string): readonly [text: string, comment: string] {
  const at = /(?:^|\s);/.exec(text)?.index;
  return at === undefined ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at).trim().slice(1).trim()];
}

function malformed(line: number, why: string): BankFileRefusal {
  return refuseFile('file-malformed', `Line ${line} ${why}.`, { line });
}

class JournalReading {
  readonly transactions: WrittenTransaction[] = [];
  /** What accounts were called before a tool's rules for names. */
  readonly names = new Map<string, string>();
  readonly marks: JournalMarks;
  /** The line on which a block of comment begins that has not ended. */
  openComment: number | undefined;
  #declared: DecimalMark | undefined;
  #current: WrittenTransaction | undefined;
  #account: string | undefined;

  constructor(decimalMark: DecimalMark | undefined) {
    this.marks = new JournalMarks(decimalMark);
  }

  take(text: string, line: number): BankFileRefusal | undefined {
    if (this.openComment !== undefined) {
      if (/^end (?:comment|test)$/.test(text)) this.openComment = undefined;
      return undefined;
    }
    if (/^\s/.test(text)) return this.#below(text.trim(), line);
    this.#account = undefined;
    this.#current = undefined;
    if (/^\d/.test(text)) return this.#head(text, line);
    if (/^(?:comment|test)$/.test(text)) this.openComment = line;
    else return this.#directive(text, line);
    return undefined;
  }

  #directive(text: string, line: number): BankFileRefusal | undefined {
    const [, mark] = /^decimal-mark\s+([.,])\s*$/.exec(text) ?? [];
    if (mark !== undefined) this.#declared = mark as DecimalMark;
    this.#account = /^account\s+(.*?)(?:\s{2,}.*|\t.*)?$/.exec(text)?.[1];
    const sample = /^commodity\s+(.*)$/.exec(text)?.[1];
    this.#sample(sample);
    const refused = mark === undefined ? skippedLine(text) : undefined;
    return refused === undefined ? undefined : malformed(line, refused);
  }

  #sample(text: string | undefined): void {
    const written = text === undefined ? undefined : writtenAmount(apart(text)[0]);
    if (written !== undefined) this.marks.see(written.amount);
  }

  #head(text: string, line: number): BankFileRefusal | undefined {
    const [said, comment] = apart(text);
    const [, date, , , description = ''] = HEAD.exec(said) ?? [];
    if (date === undefined) return malformed(line, 'begins like a transaction and has no date');
    if (this.transactions.length >= MAX_BANK_RECORDS) return tooManyRecords(line);
    this.#current = { line, date: dateOf(date), description: description.trim(), tags: [...tagsIn(comment)], postings: [] };
    this.transactions.push(this.#current);
    return undefined;
  }

  /** A line that belongs to the one above it. */
  #below(text: string, line: number): BankFileRefusal | undefined {
    if (text === '') return undefined;
    const current = this.#current;
    if (current === undefined) {
      const original = this.#account === undefined ? undefined : originalName(text);
      if (original !== undefined && this.#account !== undefined) this.names.set(this.#account, original);
      this.#sample(/^format\s+(.*)$/.exec(text)?.[1]);
      return undefined;
    }
    if (!text.startsWith(';')) return this.#posting(text, line, current);
    const comment = text.replace(/^;+\s*/, '');
    const posting = current.postings.at(-1);
    if (posting === undefined) current.tags.push(...tagsIn(comment));
    else posting.notes.push(comment);
    return undefined;
  }

  #posting(text: string, line: number, current: WrittenTransaction): BankFileRefusal | undefined {
    if (current.postings.length >= MAX_POSTINGS) return malformed(line, `is one of more than ${MAX_POSTINGS} postings`);
    const [said, comment] = apart(text.replace(/^[*!]\s*/, ''));
    const [, account = '', behind = ''] = /^(.*?)(?:(?: {2}|\t)\s*(.*))?$/.exec(said) ?? [];
    const figures = behind === '' ? undefined : writtenFigures(behind);
    if (typeof figures === 'string') return malformed(line, figures);
    if (account === '') return malformed(line, 'is a posting without an account');
    for (const each of [figures?.amount, figures?.price, figures?.asserted]) if (each !== undefined) this.marks.see(each);
    const notes = comment === '' ? [] : [comment];
    current.postings.push({ line, account, figures, declared: this.#declared, notes });
    return undefined;
  }
}
