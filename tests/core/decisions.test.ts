import { encode } from '@kakeibo/core';
import { givenEvents } from '@kakeibo/core/testing';
import { expect, test } from 'vitest';
import { historyDecisions } from './decision-histories.ts';
import { crossingDecisions, limitDecisions } from './decision-limits.ts';
import {
  additionDecisions,
  correctionDecisions,
  refundDecisions,
  voidDecisions,
  walletDecisions,
  type Decided,
} from './decision-rows.ts';
import { watchDecisions } from './decision-watches.ts';

/** Names of fields that are there and hold nothing: what is not said has no field. */
function holesIn(value: unknown, name = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [name] : [];
  return Object.entries(value).flatMap(([key, held]) => holesIn(held, `${name}.${key}`));
}

function told([rule, history, command]: Decided): string {
  const { decision } = givenEvents(...history).when(command);
  if (decision.kind === 'accepted') expect(holesIn(decision.events)).toEqual([]);
  const lines =
    decision.kind === 'rejected'
      ? [decision.rejection.code]
      : decision.events.map(encode).map(({ type, data }) => `${type} ${JSON.stringify(data)}`);
  return [rule, ...lines.map((line) => `  ${line}`)].join('\n');
}

// What commands come to, to the last field: whoever changes a rule sees in the difference what it does to the events.
test.each([
  ['wallets', walletDecisions],
  ['additions', additionDecisions],
  ['corrections', correctionDecisions],
  ['voids', voidDecisions],
  ['refunds', refundDecisions],
  ['limits', limitDecisions],
  ['crossings', crossingDecisions],
  ['histories', historyDecisions],
  ['watches', watchDecisions],
])('what commands come to: %s', async (name, rows) => {
  await expect(`${rows.map(told).join('\n')}\n`).toMatchFileSnapshot(`decisions/${name}.txt`);
});
