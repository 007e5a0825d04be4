import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Wallet } from './api/types.ts';
import { FirstRun } from './first-run/first-run.tsx';
import { Home } from './home/home.tsx';
import { LimitsPage } from './limits/limits-page.tsx';
import { Register } from './register/register.tsx';
import { Bones, Fault } from './shell/sheet.tsx';
import { Shell } from './shell/shell.tsx';
import { type Room, room, ROOM_NAMES } from './state/route.ts';
import { current, wallets } from './state/wallets.ts';

interface PageProps {
  readonly wallet: Wallet;
}
type Page = ComponentType<PageProps>;

/** Rooms that are visited now and then come in their own files. */
const LATER: Partial<Record<Room, () => Promise<Page>>> = {
  goals: async () => (await import('./goals/goals-page.tsx')).GoalsPage,
  schedules: async () => (await import('./schedules/schedules-page.tsx')).SchedulesPage,
  transfers: async () => (await import('./transfers/transfers-page.tsx')).TransfersPage,
  reports: async () => (await import('./reports/reports-page.tsx')).ReportsPage,
  history: async () => (await import('./history/history-page.tsx')).HistoryPage,
  check: async () => (await import('./check/check-page.tsx')).CheckPage,
  import: async () => (await import('./import/import-page.tsx')).ImportPage,
  settings: async () => (await import('./settings/settings-page.tsx')).SettingsPage,
};
const HERE: Partial<Record<Room, Page>> = { home: Home, register: Register, limits: LimitsPage };
const IDLE_MS = 1_500;
const arrived: Partial<Record<Room, Page>> = {};

export function App() {
  const all = wallets.value.value;
  const fault = wallets.fault.value;
  const wallet = current.value;
  const first = all !== undefined && all.length === 0;
  useTitle(
    first
      ? 'Open your ledger'
      : wallet === undefined
        ? undefined
        : room.value === 'home'
          ? wallet.name
          : `${ROOM_NAMES[room.value]}, ${wallet.name}`,
  );
  if (first) return <FirstRun />;
  return (
    <Shell wallet={wallet}>
      {wallet !== undefined ? (
        <RoomView wallet={wallet} key={wallet.id} />
      ) : fault !== undefined ? (
        <Fault error={fault} stale={false} again={() => void wallets.reload()} />
      ) : (
        <Bones rows={8} />
      )}
    </Shell>
  );
}

async function fetchPage(wanted: Room): Promise<void> {
  const page = arrived[wanted] ?? (await LATER[wanted]?.());
  if (page !== undefined) arrived[wanted] = page;
}

async function fetchAll(): Promise<void> {
  for (const each of Object.keys(LATER)) if (isLater(each)) await fetchPage(each).catch(() => undefined);
}

const isLater = (text: string): text is Room => text in LATER;

function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? 'Kakeibo' : `${title} · Kakeibo`;
  }, [title]);
}

function RoomView({ wallet }: PageProps) {
  const here = room.value;
  const [, redraw] = useState(0);
  const visited = useRef(here);
  useEffect(() => {
    if (visited.current !== here) {
      visited.current = here;
      if (
        document.activeElement === null ||
        document.activeElement === document.body ||
        document.activeElement.closest('nav') !== null
      )
        document.getElementById('main')?.focus({ preventScroll: true });
    }
    if (HERE[here] === undefined && arrived[here] === undefined) void fetchPage(here).then(() => redraw((count) => count + 1));
  }, [here]);
  // The others come while nothing else happens, so that they open at once, and also when the line is down.
  useEffect(() => {
    const timer = setTimeout(() => void fetchAll(), IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  const View = HERE[here] ?? arrived[here];
  return View === undefined ? <Bones rows={8} /> : <View wallet={wallet} />;
}
