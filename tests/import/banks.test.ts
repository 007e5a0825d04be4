import { describe, expect, it } from 'vitest';
import { encode, type BankFile } from './bank-file.ts';
import { america } from './banks-america.ts';
import { apps } from './banks-apps.ts';
import { asia } from './banks-asia.ts';
import { europe } from './banks-europe.ts';
import { currencyOf, lineOf, statementOf } from './read.ts';

const files: readonly BankFile[] = [...america, ...europe, ...asia, ...apps];

describe('files of banks and apps', () => {
  it.each(files)('$name', async (file) => {
    const read = await statementOf(encode(file.text, file), currencyOf(file.currency));
    const { headerRow, columns, dateOrder, decimalMark, questions } = read.layout;
    expect({ headerRow, columns, dateOrder, decimalMark, questions: questions.map(({ field }) => field) }).toEqual({
      headerRow: file.headerRow,
      columns: file.columns,
      dateOrder: file.dateOrder,
      decimalMark: file.decimalMark,
      questions: file.questions ?? [],
    });
    expect(read.encoding).toBe(file.encoding ?? 'utf-8');
    expect(read.delimiter).toBe(file.delimiter);
    expect(read.statementRows.map(lineOf)).toEqual(file.rows);
    expect(read.bad.map(({ line, code }) => `${line} ${code}`)).toEqual(file.bad ?? []);
  });
});
