import { useSignal } from '@preact/signals';
import { open } from '../api/client.ts';
import type { ImportProgress } from '../api/import-types.ts';
import { readOutcome } from '../import/import-calls.ts';
import { Icon } from '../shell/icon.tsx';
import { refresh } from '../state/books.ts';
import { reasonOf, say } from '../state/toast.ts';
import { wallets } from '../state/wallets.ts';

interface Restored {
  readonly events: number;
}

async function restore(file: Blob, progress: (step: ImportProgress) => void): Promise<Restored> {
  const headers = { accept: 'text/event-stream', 'content-type': 'application/x-ndjson' };
  return readOutcome<Restored>(await open('/archive', { method: 'POST', headers, body: file }), progress);
}

/** The quiet way in for an empty ledger: everything that another one held, event by event. */
export function RestoreArchive() {
  const progress = useSignal<ImportProgress | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || progress.peek() !== undefined) return;
    progress.value = { done: 0, total: 0 };
    fault.value = undefined;
    try {
      const { events } = await restore(file, (step) => (progress.value = step));
      say(`Restored ${events.toLocaleString()} events from ${file.name}.`);
      await wallets.reload();
      refresh();
    } catch (error) {
      fault.value = reasonOf(error);
    } finally {
      progress.value = undefined;
    }
  };
  const busy = progress.value;
  return (
    <div class="restore">
      <label class="btn filebtn">
        <Icon name="import" small />
        {busy === undefined ? 'Restore an archive' : 'Restoring'}
        <input
          class="sr"
          type="file"
          accept=".ndjson,application/x-ndjson"
          disabled={busy !== undefined}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      {busy !== undefined && busy.total > 0 && (
        <p class="quiet" role="status">
          {busy.done.toLocaleString()} of {busy.total.toLocaleString()} events
        </p>
      )}
      {fault.value !== undefined && (
        <p class="band" role="alert">
          <Icon name="warn" small />
          {fault.value} Nothing that was there is changed.
        </p>
      )}
    </div>
  );
}
