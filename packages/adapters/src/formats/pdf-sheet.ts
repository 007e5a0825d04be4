import { createRequire } from 'node:module';

const here = createRequire(import.meta.url);
const font = (name: string): string => here.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

/** The fonts of a printed sheet: they cover Latin, Greek, Cyrillic, Arabic, Hebrew and Georgian, and are set into the file. */
export const FONTS: Readonly<Record<string, string>> = { plain: font('DejaVuSans'), bold: font('DejaVuSans-Bold') };
export const MARGIN = 48;
export const INK = '#1d1a15';
export const PALE = '#655c4e';
export const RULE = '#cdc2ab';
export const ACCENT = '#2f3e8f';

/** A cell of a row: a text, or a bar from 0 to 1. */
export interface Cell {
  readonly text?: string;
  readonly bar?: number;
  /** How much of the width it takes. */
  readonly part: number;
  readonly right?: boolean;
}

/** A document with what is printed again and again. */
export interface Sheet {
  readonly document: PDFKit.PDFDocument;
  readonly width: number;
  heading(text: string): void;
  /** A row of names, printed again on every further page. */
  header(cells: readonly Cell[]): void;
  row(cells: readonly Cell[]): void;
  quiet(text: string): void;
  /** Makes sure that so much height is left on the page. */
  need(height: number): void;
}

const ROW_HEIGHT = 15;
const SIZE = 8;

/** Prints rows on a document, from page to page. */
export function sheetOf(document: PDFKit.PDFDocument): Sheet {
  const width = document.page.width - 2 * MARGIN;
  const bottom = document.page.height - MARGIN;
  let names: readonly Cell[] | undefined;

  function print(cells: readonly Cell[], look: { readonly name: 'plain' | 'bold'; readonly color: string }): void {
    const top = document.y;
    let left = MARGIN;
    for (const { text, bar, part, right = false } of cells) {
      const room = part * width - 6;
      if (text !== undefined) {
        document.font(look.name).fontSize(SIZE).fillColor(look.color);
        // A text may be cut, a figure never: it is set smaller.
        if (right) document.fontSize(Math.min(SIZE, (SIZE * room) / Math.max(1, document.widthOfString(text))));
        // What the font lacks is wider than it is measured, and must not run into the next cell.
        document
          .save()
          .rect(left, top, room + 4, ROW_HEIGHT)
          .clip();
        document.text(right ? text : fitted(document, text, room), left, top + 3, {
          width: room,
          align: right ? 'right' : 'left',
          lineBreak: false,
        });
        document.restore();
      }
      if (bar !== undefined) document.rect(left + 4, top + 4, Math.max(0.5, bar * room), 6).fill(ACCENT);
      left += part * width;
    }
    document
      .moveTo(MARGIN, top + ROW_HEIGHT - 1)
      .lineTo(MARGIN + width, top + ROW_HEIGHT - 1)
      .lineWidth(0.4)
      .stroke(RULE);
    document.y = top + ROW_HEIGHT;
  }

  function need(height: number): void {
    if (document.y + height <= bottom) return;
    document.addPage();
    document.y = MARGIN;
    if (names !== undefined) print(names, { name: 'bold', color: PALE });
  }

  return {
    document,
    width,
    need,
    heading(text) {
      names = undefined;
      need(60);
      document
        .font('bold')
        .fontSize(11)
        .fillColor(INK)
        .text(text, MARGIN, document.y + 12, { width });
      document.y += 6;
    },
    header(cells) {
      print(cells, { name: 'bold', color: PALE });
      names = cells;
    },
    row(cells) {
      need(ROW_HEIGHT);
      print(cells, { name: 'plain', color: INK });
    },
    quiet(text) {
      need(ROW_HEIGHT);
      document
        .font('plain')
        .fontSize(SIZE)
        .fillColor(PALE)
        .text(text, MARGIN, document.y + 3, { width });
    },
  };
}

/** A text cut to a width, with a mark where it was cut. */
function fitted(document: PDFKit.PDFDocument, text: string, width: number): string {
  if (document.widthOfString(text) <= width) return text;
  const characters = Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
  let [low, high] = [0, Math.min(characters.length, 200)];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (document.widthOfString(`${characters.slice(0, middle).join('')}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('')}…`;
}
