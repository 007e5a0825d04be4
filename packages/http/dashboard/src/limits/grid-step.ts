const STEPS = 4;
const NICE = [1, 2, 2.5, 5, 10] as const;

/** The distance of the grid lines: a round figure that takes few of them to come to the top. */
export function gridStep(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most / STEPS));
  return (NICE.find((nice) => nice * power * STEPS >= most) ?? 10) * power;
}
