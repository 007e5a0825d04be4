export interface Finding {
  readonly what: 'changed' | 'missing' | 'extra' | 'seen' | 'order' | 'undecodable' | 'invalid' | 'figure';
  readonly stream: string;
  readonly view: string | null;
  readonly bucket: string | null;
  readonly place: number | null;
  readonly expected: string | null;
  readonly found: string | null;
}

export interface Verified {
  readonly events: number;
  readonly streams: number;
  readonly buckets: number;
  readonly findings: readonly Finding[];
  readonly more: number;
  readonly unchecked: readonly string[];
}

export interface VerifyProgress {
  readonly stage: 'log' | 'views';
  readonly done: number;
  readonly total: number;
}
