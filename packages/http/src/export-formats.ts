import type { CivilDate, CurrencyCode, EntryKind, Money } from '@kakeibo/core';

/** An entry as an OFX file has it. */
export interface OfxRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly amount: Money;
  readonly occurredOn: CivilDate;
  readonly payee?: string | undefined;
  readonly note?: string | undefined;
}

/** What stands around the rows of an OFX file; both days are in it. */
export interface OfxFrame {
  readonly account: string;
  readonly currency: CurrencyCode;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly closing: Money;
  readonly writtenOn: CivilDate;
}

/** A cell of a sheet. */
export type SheetCell = string | { readonly decimal: string } | { readonly day: CivilDate };

/** A workbook that is being written. */
export interface SheetWriter {
  write(rows: readonly (readonly SheetCell[])[]): void;
  end(): void;
}

/** A statement with every figure as text. */
export interface PrintedStatement {
  readonly wallet: string;
  readonly currency: string;
  readonly from: string;
  readonly through: string;
  readonly opening: string;
  readonly closing: string;
  readonly in: string;
  readonly out: string;
  readonly moved: string;
  readonly days: readonly { readonly on: string; readonly balance: string }[];
  readonly spending: readonly { readonly category: string; readonly total: string; readonly share: number }[];
  readonly lines: readonly PrintedLine[];
  readonly version: number;
  readonly position: number;
  readonly printedAt: Date;
}

/** A line of a printed statement. */
export interface PrintedLine {
  readonly occurredOn: string;
  readonly what: string;
  readonly category: string;
  readonly amount: string;
  readonly balance: string;
}

/** The formats that a service writes beside CSV and text, as the adapters write them: its composition root plugs them in. */
export interface ExportFormats {
  readonly ofx: {
    head(frame: OfxFrame): string;
    rows(rows: readonly OfxRow[]): string;
    tail(frame: OfxFrame): string;
  };
  readonly xlsx: (
    sheet: { readonly name: string; readonly header: readonly string[] },
    take: (bytes: Uint8Array) => void,
  ) => SheetWriter;
  readonly pdf: (statement: PrintedStatement) => Promise<Uint8Array>;
}
