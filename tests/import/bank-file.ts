import type { Columns } from '@kakeibo/core';

/** A file as a bank or an app exports it (with invented data), and what must become of it, worked out by hand. */
export interface BankFile {
  readonly name: string;
  readonly currency: string;
  /** How the text is put into bytes; UTF-8 when left out. */
  readonly bytes?: 'utf-8' | 'utf-8-bom' | 'utf-16le-bom' | 'utf-16be' | 'windows-1252';
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  readonly text: string;
  readonly encoding?: string;
  readonly delimiter: string;
  readonly headerRow: number | null;
  readonly columns: Columns;
  readonly dateOrder: string;
  readonly decimalMark: string;
  /** `line date signed-amount category | note` */
  readonly rows: readonly string[];
  /** `line code` */
  readonly bad?: readonly string[];
  readonly questions?: readonly string[];
}

/** Puts text into bytes. */
export function encode(
  text: string,
  { bytes = 'utf-8', lineEnd = '\n' }: { readonly bytes?: BankFile['bytes']; readonly lineEnd?: BankFile['lineEnd'] } = {},
): Uint8Array {
  const ended = text.replaceAll('\n', lineEnd);
  switch (bytes) {
    case 'utf-8':
      return new TextEncoder().encode(ended);
    case 'utf-8-bom':
      return new TextEncoder().encode(`\ufeff${ended}`);
    case 'utf-16le-bom':
      return new Uint8Array(Buffer.from(`\ufeff${ended}`, 'utf16le'));
    case 'utf-16be':
      return new Uint8Array(Buffer.from(ended, 'utf16le').swap16());
    case 'windows-1252':
      return Uint8Array.from(ended, (character) => (character === '€' ? 0x80 : character.charCodeAt(0)));
  }
}
