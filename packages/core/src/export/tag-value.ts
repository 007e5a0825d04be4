// hledger ends a value at a comma; both read what stands in square brackets as a date; the rest does not fit into a line.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[%,[\]\u0000-\u001f\u007f-\u009f\u00a0\u2028\u2029\u202a-\u202e\u2066-\u2069]|^ | $| (?= )/gu;

/** A value of a tag for hledger and ledger, percent-encoded where one of them would read something into it. */
export function tagValue(text: string): string {
  return text.toWellFormed().replace(UNSAFE, (character) => encodeURIComponent(character));
}

/**
 * What stood in a journal's tag before it was written; what is no percent-encoding stays as it is.
 *
 * @example
 * fromTagValue('bread%2C 50% off'); // 'bread, 50% off'
 */
export function fromTagValue(value: string): string {
  return value.replace(/(?:%[0-9A-F]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
