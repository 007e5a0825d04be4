/**
 * What is wrong.
 *
 * - `changed`, `missing`, `extra`: a stored bucket is not what the events come to, or is not there, or should not be.
 * - `seen`: a view claims a place that its stream does not have, or has buckets and no place.
 * - `order`: a version or position is missing or doubled, or a record time does not come after the one before.
 * - `undecodable`: an event that this program cannot read, or that is larger than an event may be.
 * - `invalid`: an event that says what no event may say: an amount that is not positive, parts that do not add up, another currency.
 * - `figure`: a figure of the reports is not the sum of the entries that make it up.
 */
export type FindingKind = 'changed' | 'missing' | 'extra' | 'seen' | 'order' | 'undecodable' | 'invalid' | 'figure';

/** Something that is not as it must be. */
export interface Finding {
  readonly what: FindingKind;
  readonly stream: string;
  readonly view: string | null;
  readonly bucket: string | null;
  /** The version or position it is about. */
  readonly place: number | null;
  /** JSON, or words; cut when it is long. */
  readonly expected: string | null;
  readonly found: string | null;
}

/** How many findings are told; the others are counted. */
const MAX_FINDINGS = 1_000;
const MAX_CHARACTERS = 500;

/** Gathers findings. */
export interface Findings {
  readonly items: readonly Finding[];
  /** How many there were beyond those. */
  readonly more: number;
  add(finding: Pick<Finding, 'what' | 'stream'> & Partial<Finding>): void;
}

export function createFindings(): Findings {
  const items: Finding[] = [];
  let more = 0;
  return {
    items,
    get more() {
      return more;
    },
    add({ what, stream, view = null, bucket = null, place = null, expected = null, found = null }) {
      if (items.length < MAX_FINDINGS) {
        items.push({ what, stream, view, bucket, place, expected: shortened(expected), found: shortened(found) });
      } else more += 1;
    },
  };
}

function shortened(text: string | null): string | null {
  return text === null || text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`;
}
