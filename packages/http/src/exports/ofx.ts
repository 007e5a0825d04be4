import { add, addDays, money, negate, type CivilDate, type Money } from '@kakeibo/core';
import type { OfxFrame, OfxRow } from '../export-formats.ts';
import { entriesOf, exportFormatsOf, slicesOf, type Counted, type WalletFile, type WalletFileMaker } from './wallet-file.ts';

const SLICE = 200;
const MAX_ACCOUNT = 22;

/** A stretch as OFX 2, oldest first, with the balance at its end. */
export const ofxFile: WalletFileMaker = async (file) => {
  const { summary } = file;
  const { ofx } = exportFormatsOf(file.service);
  // What lies before the stretch is in the balance too.
  const { from: _, ...asked } = file.asked;
  const all = await entriesOf({ ...file, asked });
  const frame = frameOf(file, all);
  const entries = all.filter(({ facts }) => facts.occurredOn >= frame.from);
  function* pieces(): Generator<string> {
    yield ofx.head(frame);
    for (const slice of slicesOf(entries, SLICE)) yield ofx.rows(slice.map(rowOf));
    yield ofx.tail(frame);
  }
  return { type: 'application/x-ofx', name: `${summary.name}.ofx`, pieces: pieces() };
};

function frameOf({ summary, asked }: WalletFile, all: readonly Counted[]): OfxFrame {
  const { id, currency, today } = summary;
  const last = asked.to === undefined ? (all.at(-1)?.facts.occurredOn ?? today) : addDays(asked.to, -1);
  const first = asked.from ?? all[0]?.facts.occurredOn ?? last;
  return {
    account: id.replaceAll('-', '').slice(0, MAX_ACCOUNT),
    currency,
    from: earlier(first, last),
    to: last,
    closing: all.reduce((sum, entry) => add(sum, signed(entry)), money(0n, currency)),
    writtenOn: today,
  };
}

function earlier(one: CivilDate, other: CivilDate): CivilDate {
  return one < other ? one : other;
}

function signed({ facts: { kind, amount } }: Counted): Money {
  return kind === 'expense' || kind === 'sent' ? negate(amount) : amount;
}

function rowOf({ id, facts }: Counted): OfxRow {
  return { id, ...facts };
}
