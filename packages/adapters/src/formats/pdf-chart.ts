import { ACCENT, MARGIN, PALE, RULE, type Sheet } from './pdf-sheet.ts';

const HEIGHT = 90;

/** Draws the balance day by day: steps above and below a line at nothing. */
export function drawBalance(sheet: Sheet, days: readonly { readonly on: string; readonly balance: string }[]): void {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length < 2) return;
  sheet.heading('Balance, day by day');
  sheet.need(HEIGHT + 30);
  const { document, width } = sheet;
  // The place of a point on paper is no money: a float will do.
  const heights = days.map(({ balance }) => Number(balance));
  const [lowest, highest] = [Math.min(0, ...heights), Math.max(0, ...heights)];
  const range = highest - lowest || 1;
  const top = document.y + 8;
  const yOf = (height: number): number => top + HEIGHT - ((height - lowest) / range) * HEIGHT;
  const step = width / days.length;
  document
    .moveTo(MARGIN, yOf(0))
    .lineTo(MARGIN + width, yOf(0))
    .lineWidth(0.5)
    .stroke(RULE);
  document.moveTo(MARGIN, yOf(heights[0] ?? 0));
  for (const [index, height] of heights.entries()) {
    document.lineTo(MARGIN + index * step, yOf(height)).lineTo(MARGIN + (index + 1) * step, yOf(height));
  }
  document.lineWidth(1.2).stroke(ACCENT);
  document.font('plain').fontSize(7).fillColor(PALE);
  document.text(first.on, MARGIN, top + HEIGHT + 4, { lineBreak: false });
  document.text(last.on, MARGIN, top + HEIGHT + 4, { width, align: 'right', lineBreak: false });
  document.y = top + HEIGHT + 14;
}
