import { batch, signal } from '@preact/signals';
import type { ImportPreview, ImportProgress, ImportResult, ImportSettings } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { refreshSoon } from '../state/books.ts';
import { reasonOf } from '../state/toast.ts';
import { type Deed, did } from '../state/undo.ts';
import { newKey, perform } from '../state/writes.ts';
import { bookImport, dryRun } from './import-calls.ts';
import { lacking } from './columns.ts';

/** One import, from the file that was chosen to what came of it. It outlives the page being left and come back to. */
class ImportRun {
  readonly file = signal<File | undefined>(undefined);
  readonly settings = signal<ImportSettings>({});
  readonly preview = signal<ImportPreview | undefined>(undefined);
  readonly reading = signal(false);
  readonly fault = signal<string | undefined>(undefined);
  readonly progress = signal<ImportProgress | undefined>(undefined);
  readonly result = signal<ImportResult | undefined>(undefined);
  #key = newKey();
  #asked = 0;

  async choose(wallet: Wallet, file: File): Promise<void> {
    this.reset();
    this.file.value = file;
    await this.read(wallet, {});
  }

  reset(): void {
    this.#key = newKey();
    this.#asked += 1;
    batch(() => {
      this.file.value = undefined;
      this.settings.value = {};
      this.preview.value = undefined;
      this.fault.value = undefined;
      this.progress.value = undefined;
      this.result.value = undefined;
      this.reading.value = false;
    });
  }

  /** Reads the file again with changed settings; only the newest answer counts. */
  async read(wallet: Wallet, change: ImportSettings): Promise<void> {
    const file = this.file.peek();
    if (file === undefined) return;
    this.settings.value = { ...this.settings.peek(), ...change };
    const { columns } = this.settings.peek();
    if (columns !== undefined && lacking(columns) !== undefined) return;
    this.#asked += 1;
    const asked = this.#asked;
    this.#key = newKey();
    this.reading.value = true;
    try {
      const preview = await dryRun(wallet.id, file, this.settings.peek());
      if (asked !== this.#asked) return;
      this.preview.value = preview;
      this.fault.value = undefined;
    } catch (error) {
      if (asked === this.#asked) this.fault.value = reasonOf(error);
    } finally {
      if (asked === this.#asked) this.reading.value = false;
    }
  }

  async book(wallet: Wallet): Promise<void> {
    const file = this.file.peek();
    const preview = this.preview.peek();
    if (file === undefined || preview === undefined || this.progress.peek() !== undefined) return;
    const settings: ImportSettings = { ...this.settings.peek(), name: file.name.slice(0, 200) };
    this.progress.value = { done: 0, total: preview.counts.rows, added: 0, skipped: 0 };
    try {
      const result = await bookImport({
        walletId: wallet.id,
        file,
        settings,
        key: this.#key,
        progress: (step) => (this.progress.value = step),
      });
      this.result.value = result;
      this.fault.value = undefined;
      did({
        said: `Imported ${rows(result.added)} from ${file.name}.`,
        undo: result.added === 0 ? undefined : async () => undoImport(wallet.id, result.importId),
      });
      refreshSoon(wallet.id);
    } catch (error) {
      this.fault.value = reasonOf(error);
    } finally {
      this.progress.value = undefined;
    }
  }
}

export const rows = (count: number): string => (count === 1 ? '1 row' : `${count.toLocaleString()} rows`);

export async function undoImport(walletId: string, importId: string): Promise<Deed> {
  const answer = await perform<{ voided: number }>({
    method: 'DELETE',
    path: `/wallets/${encodeURIComponent(walletId)}/imports/${encodeURIComponent(importId)}`,
    key: newKey(),
  });
  refreshSoon(walletId);
  return {
    said: `Import undone: ${answer.voided === 1 ? '1 entry is' : `${answer.voided.toLocaleString()} entries are`} void. They stay in the register.`,
  };
}

export const run = new ImportRun();
