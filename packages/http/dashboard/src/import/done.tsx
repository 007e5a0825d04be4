import type { ImportResult } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { Amt } from '../money/amt.tsx';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { badRowsCsv, download } from './bad-rows.ts';
import { rows, run, undoImport } from './run.ts';

/** What came of it: added, already there, left out and why, and the way back. */
export function Done({ wallet, result }: { readonly wallet: Wallet; readonly result: ImportResult }) {
  const preview = run.preview.value;
  const undo = (): void => {
    undoImport(wallet.id, result.importId).then(
      (deed) => {
        did(deed);
        run.reset();
      },
      (error: unknown) => warn(`Not undone. ${reasonOf(error)}`),
    );
  };
  return (
    <Sheet id="done" title="Done" note={run.file.value?.name}>
      <dl class="tally">
        <div>
          <dt>added</dt>
          <dd>{result.added.toLocaleString()}</dd>
        </div>
        <div>
          <dt>already there</dt>
          <dd>{result.duplicates.toLocaleString()}</dd>
        </div>
        {result.corrected > 0 && (
          <div>
            <dt>told anew</dt>
            <dd>{result.corrected.toLocaleString()}</dd>
          </div>
        )}
        {result.linked > 0 && (
          <div>
            <dt>linked</dt>
            <dd>{result.linked.toLocaleString()}</dd>
          </div>
        )}
        <div>
          <dt>left out, to mend</dt>
          <dd>{result.bad.length.toLocaleString()}</dd>
        </div>
        <div>
          <dt>
            {wallet.name} now, {wallet.currency}
          </dt>
          <dd>
            <span class="double">
              <Amt value={wallet.balance} />
            </span>
          </dd>
        </div>
      </dl>
      {result.crossed.length > 0 && (
        <p class="state state--over">
          <Icon name="over" small />
          {result.crossed.length === 1 ? '1 limit was' : `${result.crossed.length} limits were`} crossed by it.
        </p>
      )}
      {result.bad.length > 0 && (
        <details class="astable" open={result.bad.length <= 10}>
          <summary>{rows(result.bad.length)} left out, and why</summary>
          <ul class="story-list">
            {result.bad.slice(0, 200).map((row) => (
              <li key={row.line}>
                <p>
                  Row {row.line}: {row.reason}
                </p>
                <small class="mono">{row.text}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div class="row-actions sheet__foot">
        {result.added > 0 && (
          <Link class="btn btn--main" to={`/register?import=${encodeURIComponent(result.importId)}`}>
            See the {result.added === 1 ? 'entry' : `${result.added.toLocaleString()} entries`}
          </Link>
        )}
        {result.bad.length > 0 && preview?.format === 'csv' && (
          <button
            class="btn"
            type="button"
            onClick={() => download('rows-to-mend.csv', badRowsCsv(result.bad, preview.header, preview.delimiter))}
          >
            <Icon name="export" small />
            Rows to mend
          </button>
        )}
        {result.added + result.corrected + result.linked > 0 && (
          <button class="btn" type="button" onClick={undo}>
            <Icon name="undo" small />
            Undo the import
          </button>
        )}
        <button class="btn btn--bare" type="button" onClick={() => run.reset()}>
          Another file
        </button>
      </div>
    </Sheet>
  );
}
