import { go } from '../state/route.ts';
import { singleKeys, toggleAmounts, toggleTheme } from '../state/settings.ts';
import { redoInHistory, undoInHistory } from '../state/history-deeds.ts';
import { redoLast, undoLast, type UndoBeyond } from '../state/undo.ts';
import { current } from '../state/wallets.ts';
import { sheetOpen, startBooking } from './overlays.ts';
import { searchEntries } from './top.tsx';

const GO: Readonly<Record<string, string>> = {
  h: '/',
  r: '/register',
  l: '/limits',
  o: '/goals',
  d: '/schedules',
  t: '/transfers',
  p: '/reports',
  i: '/import',
  y: '/history',
  c: '/check',
  s: '/settings',
};
const CHORD_MS = 1_200;

const ALONE: Readonly<Record<string, () => void>> = {
  n: startBooking,
  '+': startBooking,
  f: openFullForm,
  '/': searchEntries,
  z: () => undoLast(beyond()),
  Z: () => redoLast(beyond()),
  m: toggleAmounts,
  t: toggleTheme,
  '?': () => (sheetOpen.value = 'shortcuts'),
};

/** What was done before this page was opened is undone in the wallet that is shown. */
function beyond(): UndoBeyond | undefined {
  const wallet = current.peek();
  if (wallet === undefined) return undefined;
  return { undo: async () => undoInHistory(wallet.id), redo: async () => redoInHistory(wallet.id) };
}

function openFullForm(): void {
  startBooking();
  requestAnimationFrame(() => {
    const button = document.querySelector<HTMLElement>('dialog[open] [data-full-form], [data-full-form]');
    if (button?.getAttribute('aria-expanded') === 'false') button.click();
  });
}

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))
  );
}

/** Single keys, outside of fields, unless they are switched off; Esc leaves a field. */
export function startKeyboard(): void {
  let chordUntil = 0;
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      if (inField(event.target) && event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    if (!singleKeys.peek() || inField(event.target)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (Date.now() < chordUntil) {
      chordUntil = 0;
      const to = GO[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    } else if (event.key === 'g') {
      chordUntil = Date.now() + CHORD_MS;
    } else {
      const act = ALONE[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    }
  });
}
