const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What a cell looks like, by its place in the list of styles: the header's, a day's, and numbers with 0 to 4 decimals. */
const STYLES = ['plain', 'header', 'day', 0, 1, 2, 3, 4] as const;
type Style = 'header' | 'day' | number;

/** The number of a style. */
export function xlsxStyle(style: Style): number {
  return Math.max(0, STYLES.indexOf(style as (typeof STYLES)[number]));
}

const FIRST_FORMAT = 164;

function styles(): string {
  const formats = STYLES.map((style, index) => {
    const code =
      style === 'day'
        ? 'yyyy\\-mm\\-dd'
        : typeof style === 'number'
          ? `#,##0${style === 0 ? '' : `.${'0'.repeat(style)}`}`
          : 'General';
    return `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${code}"/>`;
  });
  const cells = STYLES.map((style, index) => {
    const bold = style === 'header' ? 1 : 0;
    return `<xf numFmtId="${FIRST_FORMAT + index}" fontId="${bold}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  });
  return (
    `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join('')}</numFmts>` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`
  );
}

/** The files of a workbook beside its one sheet. */
export function xlsxParts(name: string): readonly { readonly path: string; readonly xml: string }[] {
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (...all: readonly string[]): string =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
  const override = (path: string, type: string): string => `<Override PartName="/${path}" ContentType="${TYPE}.${type}+xml"/>`;
  return [
    {
      path: '[Content_Types].xml',
      xml:
        `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        '<Default Extension="xml" ContentType="application/xml"/>' +
        `${override('xl/workbook.xml', 'sheet.main')}${override('xl/worksheets/sheet1.xml', 'worksheet')}${override('xl/styles.xml', 'styles')}</Types>`,
    },
    { path: '_rels/.rels', xml: relations(relation(1, 'officeDocument', 'xl/workbook.xml')) },
    {
      path: 'xl/workbook.xml',
      xml:
        `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        `<sheet name="${xlsxText(sheetName(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      xml: relations(relation(1, 'worksheet', 'worksheets/sheet1.xml'), relation(2, 'styles', 'styles.xml')),
    },
    { path: 'xl/styles.xml', xml: styles() },
  ];
}

const MAX_SHEET_NAME = 31;
// oxlint-disable-next-line no-control-regex -- control characters are some of what it looks for
const UNNAMEABLE = /[[\]:*?/\\\u0000-\u001f]/g;

/** A name that a sheet may have: 31 characters, none of those that stand for something in a formula, no apostrophe at its ends. */
function sheetName(name: string): string {
  const plain = name.replace(UNNAMEABLE, ' ').slice(0, MAX_SHEET_NAME).toWellFormed();
  return plain.replace(/^[' ]+|[' ]+$/g, '') || 'Sheet';
}

const MAX_CELL = 32_767;
// oxlint-disable-next-line no-control-regex -- what XML cannot hold is what it looks for
const ESCAPED = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** A text as a cell's XML: what XML cannot hold becomes `_xHHHH_`, as does what looks like that already. */
export function xlsxText(text: string): string {
  return text
    .slice(0, MAX_CELL)
    .toWellFormed()
    .replace(ESCAPED, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
