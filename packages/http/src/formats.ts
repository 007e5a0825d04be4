import type { BankFile, BankFileRefusal, BankFormat, CurrencyCode, DateOrder, DecimalMark, Row } from '@kakeibo/core';

export type CsvRefusalCode =
  | 'file-empty'
  | 'file-not-csv'
  | 'columns-unknown'
  | 'too-many-columns'
  | 'cell-too-long'
  | 'import-too-large';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type CsvDelimiter = ',' | ';' | '\t' | '|';

/** A delimited file that was read. */
export interface CsvFile {
  readonly kind: 'rows';
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  readonly rows: readonly Row[];
}

/** Why a file is not read. */
export interface CsvRefusal {
  readonly kind: 'refused';
  readonly code: CsvRefusalCode;
  readonly message: string;
  readonly line?: number;
}

/** Delimited files, as `@kakeibo/adapters/csv` reads and writes them. */
export interface CsvFormat {
  read(
    bytes: Uint8Array,
    settings: { readonly encoding?: CsvEncoding | undefined; readonly delimiter?: CsvDelimiter | undefined },
  ): Promise<CsvFile | CsvRefusal>;
  write(rows: readonly (readonly string[])[]): string;
  /** Runs work that is cut into small steps so that other requests are answered between them. */
  inSlices<Result>(steps: Generator<unknown, Result>): Promise<Result>;
}

/** What reading a bank's file depends on. */
export interface BankFileSettings {
  readonly currency: CurrencyCode;
  /** Found out by the first bytes when left out. */
  readonly format?: BankFormat;
  readonly dateOrder?: DateOrder;
  readonly decimalMark?: DecimalMark;
}

/** The formats that banks write beside delimited files, as `@kakeibo/adapters/bank-file` reads them. */
export interface BankFormats {
  /** Tells a file's format by its first bytes. */
  sniff(bytes: Uint8Array): BankFormat | 'csv';
  read(bytes: Uint8Array, settings: BankFileSettings): Promise<BankFile | BankFileRefusal>;
}

/** The file formats that a service takes and gives: its composition root plugs them in. */
export interface Formats {
  readonly csv: CsvFormat;
  readonly bank: BankFormats;
}
