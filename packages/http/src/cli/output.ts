import { SingleBar } from 'cli-progress';
import type { Progress } from './client.ts';

/** Back to the first column, and nothing left on the line. */
const START_OF_LINE = '\r\u001b[K';

/** Where a command speaks: results on one line, progress and words to people on another. */
export interface Output {
  /** Whether programs read it: then results are JSON, one value. */
  readonly json: boolean;
  /** The result: as JSON, or as the lines that `lines` makes of it. */
  result(value: object, lines: () => readonly string[]): void;
  /** A bar on the error line, where people look while the result goes into a file. */
  progress(label: string): { update(progress: Progress): void; stop(): void };
  /** A line where the bar would be, for what does not tell how far it is. */
  waiting(): { tell(text: string): void; stop(): void };
}

/** Speaks on the process's own lines. */
export function createOutput(json: boolean): Output {
  return {
    json,
    result(value, lines) {
      process.stdout.write(
        json
          ? `${JSON.stringify(value)}\n`
          : lines()
              .map((line) => `${line}\n`)
              .join(''),
      );
    },
    progress(label) {
      if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
      const bar = new SingleBar({
        format: `${label} [{bar}] {percentage}% · {value}/{total} · {eta_formatted} left`,
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: false,
      });
      let started = false;
      return {
        update({ done, total }) {
          if (!started) bar.start(total, done);
          else bar.setTotal(total);
          bar.update(done);
          started = true;
        },
        stop: () => void (started && bar.stop()),
      };
    },
    waiting() {
      if (!process.stderr.isTTY) return { tell: () => undefined, stop: () => undefined };
      return {
        tell: (text) => void process.stderr.write(`${START_OF_LINE}${text}`),
        stop: () => void process.stderr.write(START_OF_LINE),
      };
    },
  };
}

/** Rows of cells under a header, padded; columns of figures stand right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const isFigures = header.map((_, column) => rows.length > 0 && rows.every((row) => /^-?[\d.]*%?$/.test(row[column] ?? '')));
  return all.map((row) =>
    header
      .map((_, column) => {
        const cell = row[column] ?? '';
        const blanks = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return isFigures[column] === true ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** How many columns of a terminal a text takes: wide characters take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text)
    width += /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u.test(char)
      ? 2
      : 1;
  return width;
}
