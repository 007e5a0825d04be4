/**
 * Seeds of histories that once showed a difference, always compared beside the others. A household's deeds are those of its seed only
 * as long as `deeds.ts` stays as it is: whoever changes it looks again for what these showed.
 */
export const GOLDEN_SEEDS: readonly number[] = [71, 172, 181];
