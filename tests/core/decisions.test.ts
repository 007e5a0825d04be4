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

function told([rule, history, command]: Decided): string {
  const { decision } = givenEvents(...history).when(command);
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
])('what commands come to: %s', async (name, rows) => {
  await expect(`${rows.map(told).join('\n')}\n`).toMatchFileSnapshot(`decisions/${name}.txt`);
});
