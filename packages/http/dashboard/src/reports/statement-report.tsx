import { useSignal } from '@preact/signals';
import { readStatement, type ReportAsk } from '../api/report-reads.ts';
import type { StatementReport } from '../api/report-types.ts';
import { addDays } from '../days/day.ts';
import { dayInWords } from '../days/format-day.ts';
import { negate, toMinor } from '../money/amount.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Empty, Read, Sheet } from '../shell/sheet.tsx';
import { useOwnResource } from '../state/resource.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { type Chosen, stretchInWords, type Times } from './choice.ts';
import { EntryTable } from './entries-report.tsx';
import { FigureLink } from './figure-link.tsx';
import type { ReportProps } from './report-props.ts';

/** As many pages of two hundred as one page of the dashboard holds. */
const MOST_PAGES = 25;

async function readWhole(walletId: string, ask: ReportAsk, pages: number): Promise<StatementReport> {
  const first = await readStatement(walletId, ask);
  const lines = [...first.lines];
  let next = first.next;
  for (let page = 1; page < pages && next !== null; page += 1) {
    const more = await readStatement(walletId, ask, next);
    lines.push(...more.lines);
    next = more.next;
  }
  return { ...first, lines, next };
}

/** What stood there, every entry with the balance after it, and what stands there at the end. */
export function StatementView({ wallet, chosen }: ReportProps) {
  const { from, to, times } = chosen;
  const pages = useSignal(1);
  const ask = { from, to, ...times };
  const report = useOwnResource(
    () => readWhole(wallet.id, ask, pages.peek()),
    `${wallet.id} statement ${JSON.stringify(chosen)}`,
    wallet.version,
  );
  const whole = async (): Promise<void> => {
    pages.value = MOST_PAGES;
    if (report.value.peek()?.next !== null) await report.reload();
  };
  const print = (): void => {
    whole().then(
      () => setTimeout(() => globalThis.print(), 0),
      (error: unknown) => warn(reasonOf(error)),
    );
  };
  return (
    <Sheet
      id="statement"
      title={`Statement of ${wallet.name}`}
      note={`${stretchInWords(from, to)}, ${wallet.currency}`}
      end={<Ways chosen={chosen} walletId={wallet.id} print={print} />}
    >
      <Read from={report} rows={14}>
        {(statement) => (
          <>
            <Sums statement={statement} times={times} />
            {statement.lines.length === 0 ? (
              <Empty>Nothing was booked in {stretchInWords(from, to)}.</Empty>
            ) : (
              <EntryTable entries={statement.lines} wallet={wallet} times={times} head="statement-h" running />
            )}
            {statement.next === null ? (
              <Closing statement={statement} />
            ) : pages.value < MOST_PAGES ? (
              <div class="sheet__foot">
                <button class="btn" type="button" onClick={() => void whole()}>
                  Show the rest
                </button>
              </div>
            ) : (
              <p class="sheet__foot">
                The first {statement.lines.length.toLocaleString()} entries are shown. The PDF has all of them.
              </p>
            )}
          </>
        )}
      </Read>
    </Sheet>
  );
}

interface WaysProps {
  readonly chosen: Chosen;
  readonly walletId: string;
  readonly print: () => void;
}

/** The file is of now; as of another time there is only the page. */
function Ways({ chosen: { from, to, times }, walletId, print }: WaysProps) {
  const isNow = times.occurredAsOf === undefined && times.recordedAsOf === undefined;
  return (
    <span class="row-actions">
      {isNow && (
        <a class="btn" href={`/api/v1/wallets/${encodeURIComponent(walletId)}/exports/pdf?from=${from}&to=${to}`} download>
          <Icon name="export" small />
          PDF
        </a>
      )}
      <button class="btn" type="button" onClick={print}>
        Print
      </button>
    </span>
  );
}

function Sums({ statement, times }: { readonly statement: StatementReport; readonly times: Times }) {
  const { from, to, opening, closing, drill, received, sent } = statement;
  const moved = [received, sent].some((amount) => toMinor(amount) !== 0n);
  return (
    <dl class="sum statement__sums">
      <div>
        <dt>Opening, {dayInWords(from)}</dt>
        <dd>
          <FigureLink value={opening} drill={{ from: '', to: from }} times={times} />
        </dd>
      </div>
      <div>
        <dt>In</dt>
        <dd>
          <FigureLink value={statement.in} drill={drill} times={times} plus />
        </dd>
      </div>
      <div>
        <dt>Out</dt>
        <dd>
          <FigureLink value={negate(statement.out)} drill={drill} times={times} />
        </dd>
      </div>
      {moved && (
        <>
          <div>
            <dt>Received</dt>
            <dd>
              <FigureLink value={received} drill={{ ...drill, kind: 'received' }} times={times} plus />
            </dd>
          </div>
          <div>
            <dt>Sent</dt>
            <dd>
              <FigureLink value={negate(sent)} drill={{ ...drill, kind: 'sent' }} times={times} />
            </dd>
          </div>
        </>
      )}
      <div class="total">
        <dt>Closing, {dayInWords(addDays(to, -1))}</dt>
        <dd>
          <FigureLink value={closing} drill={{ from: '', to }} times={times} />
        </dd>
      </div>
    </dl>
  );
}

function Closing({ statement: { closing, to } }: { readonly statement: StatementReport }) {
  return (
    <p class="sheet__foot statement__closing">
      Closing at the end of {dayInWords(addDays(to, -1))}{' '}
      <span class="double">
        <Amt value={closing} />
      </span>
    </p>
  );
}
