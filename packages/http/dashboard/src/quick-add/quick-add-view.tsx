import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Facts, Wallet } from '../api/types.ts';
import { Icon } from '../shell/icon.tsx';
import { habits, latest, limits } from '../state/books.ts';
import { book, bookings, dropBooking, factsAlone } from '../state/bookings.ts';
import { useResource } from '../state/resource.ts';
import { reasonOf, warn } from '../state/toast.ts';
import { did } from '../state/undo.ts';
import { openWallets } from '../state/wallets.ts';
import { sendTransfer, type TransferBody } from '../transfers/transfer-deeds.ts';
import { CategoryBox } from './category-box.tsx';
import { EntryForm } from './entry-form.tsx';
import { Preview } from './preview.tsx';
import { parseQuickAdd, type QuickAdd } from './quick-add.ts';

const QUICK_ID = 'quick-line';

interface QuickAddProps {
  readonly wallet: Wallet;
  readonly id?: string;
  readonly focus?: boolean;
}

export function useKnownCategories(wallet: Wallet): readonly string[] {
  const known = useResource(habits.of(wallet.id)).value.value ?? [];
  const recent = useResource(latest.of(wallet.id)).value.value?.items ?? [];
  const all = new Set(known);
  for (const entry of recent) {
    if (entry.category !== null) all.add(entry.category);
    for (const part of entry.parts ?? []) all.add(part.category);
  }
  return [...all].sort((left, right) => left.localeCompare(right));
}

/** The one line that books an entry, with what it understood beneath it. Enter books and keeps the line. */
export function QuickAddLine({ wallet, id = QUICK_ID, focus }: QuickAddProps) {
  const line = useSignal('');
  const plain = useSignal<ReadonlySet<string>>(new Set<string>());
  const asked = useSignal(false);
  const full = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const categories = useKnownCategories(wallet);
  const history = useResource(latest.of(wallet.id)).value.value?.items ?? [];
  const held = useResource(limits.of(wallet.id)).value.value?.items ?? [];
  const { today, decimals, currency } = wallet;
  const others = openWallets.value.filter((each) => each.id !== wallet.id && each.currency === currency);
  const read = (): QuickAdd =>
    parseQuickAdd(line.value, { today, decimals, currency, categories, history, others, plain: plain.value });
  const understood = read();

  const clear = (): void => {
    line.value = '';
    plain.value = new Set();
    asked.value = false;
    input.current?.focus();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const now = read();
    const sent = transferOf(now);
    if (sent !== undefined) {
      sendTransfer(wallet, sent).then(did, (error: unknown) => warn(`Not sent. ${reasonOf(error)}`));
      clear();
      return;
    }
    const facts = factsOf(now);
    if (facts === undefined) {
      asked.value = true;
      input.current?.focus();
    } else if (book(wallet, facts)) clear();
    else warn('100 entries wait already. Come back online, or drop some of them.');
  };
  const toWord = (text: string): void => {
    plain.value = new Set([...plain.value, ...text.toLowerCase().split(' ')]);
    input.current?.focus();
  };
  return (
    <div class="sheet quick">
      <form onSubmit={submit} aria-label="Book an entry">
        <div class="quick__line">
          <Icon name="plus" />
          <label class="sr" for={id}>
            New entry: amount, what for, category, day
          </label>
          <CategoryBox
            id={id}
            line={line}
            input={input}
            categories={categories}
            describedBy={`${id}-see`}
            focus={focus === true}
            invalid={asked.value && understood.missing !== undefined}
          />
          <button
            class="iconbtn"
            type="button"
            aria-label="All fields"
            aria-expanded={full.value}
            title="All fields (f)"
            data-full-form
            onClick={() => (full.value = !full.value)}
          >
            <Icon name="form" />
          </button>
          <button class="btn btn--main" type="submit">
            Book <kbd class="wide-only">Enter</kbd>
          </button>
        </div>
        <Preview
          id={`${id}-see`}
          wallet={wallet}
          understood={understood}
          blank={line.value.trim() === ''}
          asked={asked.value}
          limits={held}
          toWord={toWord}
        />
      </form>
      {full.value && <EntryForm wallet={wallet} categories={categories} from={understood} booked={clear} />}
      <Refused wallet={wallet} />
    </div>
  );
}

function factsOf(understood: QuickAdd): Facts | undefined {
  if (understood.missing !== undefined || understood.amount === undefined) return undefined;
  const { kind, amount, category, tags, note, occurredOn } = understood;
  return { kind, amount, category, parts: null, payee: null, tags, note, occurredOn };
}

function transferOf({ to, amount, note, occurredOn }: QuickAdd): TransferBody | undefined {
  if (to === undefined || amount === undefined) return undefined;
  return { to: to.id, amount, occurredOn, ...(note === null ? {} : { note }) };
}

/** Entries the service refused, with its reason and both ways on. */
function Refused({ wallet }: { readonly wallet: Wallet }) {
  const refused = bookings.value.filter((each) => each.state === 'refused' && each.walletId === wallet.id);
  return (
    <>
      {refused.map((each) => (
        <div class="band band--quick" role="alert" key={each.key}>
          <Icon name="warn" small />
          <p>
            Not booked: {each.amount} {each.note ?? each.category ?? ''}. {each.reason}
          </p>
          <button
            class="btn"
            type="button"
            onClick={() => {
              dropBooking(each.key);
              book(wallet, factsAlone(each));
            }}
          >
            Try again
          </button>
          <button class="btn btn--bare" type="button" onClick={() => dropBooking(each.key)}>
            Drop it
          </button>
        </div>
      ))}
    </>
  );
}
