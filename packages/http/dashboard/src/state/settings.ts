import { effect, signal } from '@preact/signals';
import { keep, recall } from './storage.ts';

export type Theme = 'system' | 'light' | 'dark';

interface Stored {
  readonly theme: Theme;
  readonly hideAmounts: boolean;
  readonly singleKeys: boolean;
}

const KEY = 'kakeibo.settings';
const stored: Partial<Stored> = recall<Partial<Stored>>(KEY) ?? {};

export const theme = signal<Theme>(stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system');
export const hideAmounts = signal(stored.hideAmounts === true);
export const singleKeys = signal(stored.singleKeys !== false);

/** What the theme comes to, with the system's choice resolved. */
export const darkNow = signal(false);

const systemDark = matchMedia('(prefers-color-scheme: dark)');

function resolve(): void {
  darkNow.value = theme.peek() === 'system' ? systemDark.matches : theme.peek() === 'dark';
}

export function startSettings(): void {
  systemDark.addEventListener('change', resolve);
  effect(() => {
    const chosen = theme.value;
    if (chosen === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = chosen;
    keep(KEY, { theme: chosen, hideAmounts: hideAmounts.value, singleKeys: singleKeys.value } satisfies Stored);
    resolve();
  });
}

export function toggleTheme(): void {
  theme.value = darkNow.peek() ? 'light' : 'dark';
}

export function toggleAmounts(): void {
  hideAmounts.value = !hideAmounts.peek();
}
