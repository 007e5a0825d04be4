import { describe, expect, test } from 'vitest';
import { batchesOf, disagreements, hasTools } from './agreement.ts';
import { invented } from './histories.ts';

// Fewer than of the ledger's own: these have what no ledger would let happen.
const SHARE = 0.3;

describe.runIf(hasTools)('hledger, ledger and beancount agree to the last unit', () => {
  test.each(batchesOf(SHARE))('on histories $from to $to, voids $voids', async (batch) => {
    expect(await disagreements(invented, batch)).toEqual({});
  });
});
