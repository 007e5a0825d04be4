/** Makes command ids for callers that brought none. */
export interface IdSource {
  /** A fresh id, unlike any before it: 1 to 128 printable ASCII characters. */
  next(): string;
}
