import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Wallet } from '../api/types.ts';
import { instantInWords, spanInWords } from '../days/format-day.ts';
import { addDays } from '../days/day.ts';
import { Icon } from '../shell/icon.tsx';
import { Link } from '../shell/link.tsx';
import { Bones, Read, Sheet } from '../shell/sheet.tsx';
import { imports } from '../state/books.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { AccountsSheet } from './accounts-sheet.tsx';
import { ColumnsSheet } from './columns-sheet.tsx';
import { Done } from './done.tsx';
import { RowsSheet } from './rows-sheet.tsx';
import { RulesSheet } from './rules-sheet.tsx';
import { rows, run, undoImport } from './run.ts';

/** What a program of a bank says itself a spreadsheet leaves to be asked. */
const steps = (): readonly string[] => {
  const format = run.preview.value?.format ?? 'csv';
  return ['File', format === 'csv' ? 'Columns' : 'Account', 'Check the rows', 'Book'];
};
const LAST_STEP = 4;
/** The first bytes decide what a file is; the endings are only what a chooser shows. */
const ENDINGS =
  '.csv,.tsv,.txt,.ofx,.qfx,.qif,.xml,.camt,.sta,.mt940,.940,.json,text/csv,application/x-ofx,application/xml,application/json';

function step(): number {
  if (run.result.value !== undefined) return LAST_STEP;
  if (run.progress.value !== undefined) return 3;
  const preview = run.preview.value;
  if (preview === undefined) return 0;
  return preview.questions.length > 0 ? 1 : 2;
}

export function ImportPage({ wallet }: { readonly wallet: Wallet }) {
  useEffect(() => () => (run.progress.peek() === undefined ? run.reset() : undefined), [wallet.id]);
  const at = step();
  const preview = run.preview.value;
  return (
    <>
      <ol class="steps" aria-label="Steps">
        {steps().map((name, index) => (
          <li key={name} class={index < at ? 'done' : undefined} aria-current={index === at ? 'step' : undefined}>
            {name}
          </li>
        ))}
      </ol>
      {run.result.value !== undefined ? (
        <Done wallet={wallet} result={run.result.value} />
      ) : (
        <>
          <FileSheet wallet={wallet} />
          {preview?.format === 'csv' && <ColumnsSheet wallet={wallet} preview={preview} />}
          {preview !== undefined && preview.format !== 'csv' && <AccountsSheet wallet={wallet} preview={preview} />}
          {preview !== undefined && <RowsSheet wallet={wallet} preview={preview} />}
          {preview === undefined && run.reading.value && <Bones rows={8} />}
        </>
      )}
      <RulesSheet wallet={wallet} />
      <Former wallet={wallet} />
    </>
  );
}

function FileSheet({ wallet }: { readonly wallet: Wallet }) {
  const over = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const file = run.file.value;
  const take = (list: FileList | null | undefined): void => {
    const chosen = list?.[0];
    if (chosen !== undefined) void run.choose(wallet, chosen);
  };
  return (
    <Sheet
      id="file"
      title="File"
      note={file === undefined ? 'CSV, OFX, QFX, QIF, CAMT, MT940 or a journal of hledger or ledger, at most 20 MB' : file.name}
    >
      <div
        class={over.value ? 'drop drop--over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          over.value = true;
        }}
        onDragLeave={() => (over.value = false)}
        onDrop={(event) => {
          event.preventDefault();
          over.value = false;
          take(event.dataTransfer?.files);
        }}
      >
        <Icon name="file" />
        <p>
          {file === undefined
            ? 'Drop the file here, or'
            : `${file.name}, ${Math.max(1, Math.round(file.size / 1024)).toLocaleString()} kB`}
        </p>
        <label class="btn filebtn">
          {file === undefined ? 'Choose a file' : 'Another file'}
          <input
            ref={input}
            class="sr"
            type="file"
            accept={ENDINGS}
            onChange={(event) => {
              take(event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
        </label>
      </div>
      {run.fault.value !== undefined && (
        <div class="band" role="alert">
          <Icon name="warn" small />
          <p>{run.fault.value} Nothing was booked.</p>
          {file !== undefined && (
            <button class="btn" type="button" onClick={() => void run.read(wallet, {})}>
              Try again
            </button>
          )}
        </div>
      )}
    </Sheet>
  );
}

/** Every import so far, each of which can be undone as a whole. */
function Former({ wallet }: { readonly wallet: Wallet }) {
  const undo = (importId: string): void => {
    undoImport(wallet.id, importId).then(did, (error: unknown) => warn(`Not undone. ${reasonOf(error)}`));
  };
  return (
    <Sheet id="former" title="Imports so far" note={wallet.name}>
      <Read from={imports.of(wallet.id)} rows={2}>
        {(items) =>
          items.length === 0 ? (
            <p class="quiet">None yet. An import can be undone as a whole, at any time.</p>
          ) : (
            <ul class="wallet-list">
              {items.map((each) => (
                <li class="wallet-row" key={each.importId}>
                  <div>
                    <p>
                      <b>{each.name ?? 'Without a name'}</b>
                      {each.voided > 0 && (
                        <span class="quiet"> {each.voided >= each.rows ? 'undone' : `${each.voided.toLocaleString()} void`}</span>
                      )}
                    </p>
                    <p class="quiet">
                      {rows(each.rows)}
                      {each.corrected > 0 && `, ${each.corrected.toLocaleString()} told anew`}
                      {each.linked > 0 && `, ${each.linked.toLocaleString()} linked`}
                      {each.from !== null &&
                        each.to !== null &&
                        `, ${spanInWords(each.from, addDays(each.to, 1))} ${each.to.slice(0, 4)}`}
                      . Imported {instantInWords(each.importedAt, wallet.zone, wallet.today)}.
                    </p>
                  </div>
                  <div class="row-actions">
                    <Link class="textbtn" to={`/register?import=${encodeURIComponent(each.importId)}&void=include`}>
                      See the entries<span class="sr"> of {each.name ?? 'this import'}</span>
                    </Link>
                    {(each.voided < each.rows || (each.rows === 0 && each.corrected + each.linked > 0)) && (
                      <button class="textbtn" type="button" onClick={() => undo(each.importId)}>
                        Undo<span class="sr"> the import of {each.name ?? 'this file'}</span>
                      </button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </Sheet>
  );
}
