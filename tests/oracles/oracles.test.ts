import { describe, expect, test } from 'vitest';
import { batches, disagreements, hasTools } from './agreement.ts';
import { invented } from './histories.ts';

describe.runIf(hasTools)('hledger, ledger and beancount agree to the last unit', () => {
  test.each(batches)('on histories $from to $to, voids $voids', async (batch) => {
    expect(await disagreements(invented, batch)).toEqual({});
  });
});
