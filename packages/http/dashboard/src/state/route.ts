import { computed, signal } from '@preact/signals';

export type Room =
  | 'home'
  | 'register'
  | 'limits'
  | 'goals'
  | 'schedules'
  | 'transfers'
  | 'reports'
  | 'import'
  | 'history'
  | 'check'
  | 'settings';

/** What each page is called. */
export const ROOM_NAMES: Readonly<Record<Room, string>> = {
  home: 'Home',
  register: 'Register',
  limits: 'Limits',
  goals: 'Goals',
  schedules: 'Schedules',
  transfers: 'Transfers',
  reports: 'Reports',
  import: 'Import',
  history: 'History',
  check: 'Check',
  settings: 'Settings',
};

const ROOMS: Readonly<Record<string, Room>> = {
  '/': 'home',
  '/register': 'register',
  '/limits': 'limits',
  '/goals': 'goals',
  '/schedules': 'schedules',
  '/transfers': 'transfers',
  '/reports': 'reports',
  '/import': 'import',
  '/history': 'history',
  '/check': 'check',
  '/settings': 'settings',
};

export const address = signal(new URL(location.href));
export const room = computed<Room>(() => ROOMS[address.value.pathname.replace(/(.)\/$/, '$1')] ?? 'home');

export function startRoute(): void {
  addEventListener('popstate', () => {
    address.value = new URL(location.href);
  });
}

/** Goes to a page of the dashboard. The wallet in the address is carried along. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  const target = new URL(withWallet(to), location.href);
  if (target.href === address.peek().href) return;
  const leaving = target.pathname !== address.peek().pathname;
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', target);
  address.value = target;
  if (leaving && how === 'push') scrollTo(0, 0);
}

export function withWallet(to: string): string {
  const target = new URL(to, location.href);
  const wallet = address.value.searchParams.get('wallet');
  if (wallet !== null && !target.searchParams.has('wallet')) target.searchParams.set('wallet', wallet);
  return target.pathname + target.search + target.hash;
}

/** Changes parts of the query in place; `undefined` takes a part away. */
export function setQuery(parts: Readonly<Record<string, string | undefined>>): void {
  const target = new URL(address.peek());
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === '') target.searchParams.delete(name);
    else target.searchParams.set(name, value);
  }
  go(target.pathname + target.search, 'replace');
}
