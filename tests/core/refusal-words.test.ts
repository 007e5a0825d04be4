import { givenEvents } from '@kakeibo/core/testing';
import { expect, test } from 'vitest';
import { blockingRefusals } from './decision-watches.ts';
import { knownLimitsRefusal, limitRefusals } from './refusal-limits.ts';
import { correctionRefusals, entryRefusals, refundRefusals, walletRefusals, type Refused } from './refusal-rows.ts';

function wordsOf([history, command]: Refused): string {
  const { decision } = givenEvents(...history).when(command);
  if (decision.kind === 'accepted') return `accepted: ${JSON.stringify(command)}`;
  const { code, field, message, detail } = decision.rejection;
  return [
    `${code}${field === undefined ? '' : ` (${field})`}: ${message}`,
    ...(detail === undefined ? [] : [JSON.stringify(detail)]),
  ].join(' ');
}

// The words are part of what a program and a person get, so that a change of them is seen here.
test.each([
  ['wallets', walletRefusals],
  ['entries', entryRefusals],
  ['corrections', correctionRefusals],
  ['refunds', refundRefusals],
  ['limits', [...limitRefusals, ...blockingRefusals]],
  ['known limits', [knownLimitsRefusal]],
])('the words of refusals: %s', async (name, rows) => {
  await expect(`${rows.map(wordsOf).join('\n')}\n`).toMatchFileSnapshot(`refusals/${name.replace(' ', '-')}.txt`);
});
