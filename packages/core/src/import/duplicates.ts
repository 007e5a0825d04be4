/** A row of a statement, judged against what the wallet has already. */
export type Judged<Row> = Row & { readonly status: 'new' | 'duplicate' };

/**
 * Marks each row as new or as a duplicate, counting as a multiset: of n rows with one fingerprint, as many are duplicates as the
 * wallet knows, and the later ones in the file are new. So two equal coffees on a day both come in, the same file twice adds
 * nothing, and an overlapping file adds what is new.
 *
 * @example
 * newRows(rows, new Map([['2026-10-14 -350 EUR cafe', 1]])); // of two coffees the second is new
 */
export function newRows<Row extends { readonly fingerprint: string }>(
  rows: readonly Row[],
  known: ReadonlyMap<string, number>,
): readonly Judged<Row>[] {
  const left = new Map<string, number>();
  return rows.map((row) => {
    const duplicates = left.get(row.fingerprint) ?? known.get(row.fingerprint) ?? 0;
    left.set(row.fingerprint, Math.max(0, duplicates - 1));
    return { ...row, status: duplicates > 0 ? 'duplicate' : 'new' };
  });
}

/**
 * How often each fingerprint occurs.
 *
 * @example
 * countFingerprints(entries.map(fingerprintOf)).get('2026-10-14 -350 EUR cafe'); // 2
 */
export function countFingerprints(fingerprints: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fingerprint of fingerprints) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}
