import { batch, signal } from '@preact/signals';
import type { ImportPreview, ImportProgress, ImportResult, ImportSettings, ImportUndone } from '../api/import-types.ts';
import type { Wallet } from '../api/types.ts';
import { refreshSoon } from '../state/books.ts';
import { reasonOf } from '../state/toast.ts';
import { type Deed, did } from '../state/undo.ts';
import { newKey, perform } from '../state/writes.ts';
import { bookImport, dryRun, type Upload } from './import-calls.ts';
import { lacking } from './columns.ts';
import { changed, type RowChoice, withChoice } from './row-choices.ts';

/** One import, from the file that was chosen to what came of it. It outlives the page being left and come back to. */
class ImportRun {
  readonly file = signal<File | undefined>(undefined);
  readonly settings = signal<ImportSettings>({});
  /** Which account of a file that has several. */
  readonly account = signal<string | undefined>(undefined);
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
      this.account.value = undefined;
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
    this.settings.value = changed(this.settings.peek(), change);
    const { columns } = this.settings.peek();
    if (columns !== undefined && lacking(columns) !== undefined) return;
    this.#asked += 1;
    const asked = this.#asked;
    this.#key = newKey();
    this.reading.value = true;
    try {
      const preview = await dryRun(this.#upload(wallet, file, this.settings.peek()));
      if (asked !== this.#asked) return;
      this.preview.value = preview;
      this.fault.value = undefined;
    } catch (error) {
      if (asked === this.#asked) this.fault.value = reasonOf(error);
    } finally {
      if (asked === this.#asked) this.reading.value = false;
    }
  }

  /** Decides of one row, and reads what comes of it. */
  async decide(wallet: Wallet, row: number, choice: RowChoice): Promise<void> {
    await this.read(wallet, withChoice(this.settings.peek(), row, choice));
  }

  async takeAccount(wallet: Wallet, account: string): Promise<void> {
    this.account.value = account;
    this.settings.value = {};
    await this.read(wallet, {});
  }

  #upload(wallet: Wallet, file: Blob, settings: ImportSettings): Upload {
    return { walletId: wallet.id, file, settings, account: this.account.peek() };
  }

  async book(wallet: Wallet): Promise<void> {
    const file = this.file.peek();
    const preview = this.preview.peek();
    if (file === undefined || preview === undefined || this.progress.peek() !== undefined) return;
    const settings: ImportSettings = { ...this.settings.peek(), name: file.name.slice(0, 200) };
    this.progress.value = { done: 0, total: preview.counts.rows };
    try {
      const result = await bookImport({
        ...this.#upload(wallet, file, settings),
        key: this.#key,
        progress: (step) => (this.progress.value = step),
      });
      this.result.value = result;
      this.fault.value = undefined;
      did({
        said: `Imported ${rows(result.added)} from ${file.name}.`,
        undo:
          result.added + result.corrected + result.linked === 0 ? undefined : async () => undoImport(wallet.id, result.importId),
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
  const answer = await perform<ImportUndone>({
    method: 'DELETE',
    path: `/wallets/${encodeURIComponent(walletId)}/imports/${encodeURIComponent(importId)}`,
    key: newKey(),
  });
  refreshSoon(walletId);
  return {
    said: `Import undone: ${answer.voided === 1 ? '1 entry is' : `${answer.voided.toLocaleString()} entries are`} void. They stay in the register.${answer.reverted === 0 ? '' : ` ${answer.reverted.toLocaleString()} more say again what they said before.`}`,
  };
}

export const run = new ImportRun();
