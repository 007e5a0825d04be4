import { query, read } from './client.ts';
import type { ForecastReport, Schedule, Upcoming } from './schedule-types.ts';

const of = (walletId: string): string => `/wallets/${encodeURIComponent(walletId)}`;

export async function readSchedules(walletId: string): Promise<readonly Schedule[]> {
  return (await read<{ items: readonly Schedule[] }>(`${of(walletId)}/schedules`)).items;
}

export async function readUpcoming(walletId: string, to: string): Promise<readonly Upcoming[]> {
  return (await read<{ items: readonly Upcoming[] }>(`${of(walletId)}/upcoming${query({ to })}`)).items;
}

export async function readForecast(walletId: string, to: string): Promise<ForecastReport> {
  return read(`${of(walletId)}/reports/forecast${query({ to })}`);
}
