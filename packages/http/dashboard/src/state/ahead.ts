import { signal } from '@preact/signals';
import { readForecast, readSchedules, readUpcoming } from '../api/schedule-reads.ts';
import { addDays, addMonths, monthStart } from '../days/day.ts';
import { todayOf } from './books.ts';
import { PerWallet } from './resource.ts';

const SOON_MONTHS = 2;
const MONTHS_AHEAD = 3;

/** The last day of the forecast on home: two months after this one. */
export const forecastEnd = (today: string): string => addDays(addMonths(monthStart(today), MONTHS_AHEAD), -1);

export const schedules = new PerWallet(readSchedules);
/** What is booked by schedules in this month and the next. */
export const upcoming = new PerWallet((id) => readUpcoming(id, addMonths(monthStart(todayOf(id)), SOON_MONTHS)));
// Other wallets may send to this one.
export const ahead = new PerWallet((id) => readForecast(id, addDays(forecastEnd(todayOf(id)), 1)), 'at all');

/** The last day of the forecast on the page of schedules, when one was chosen. */
export const horizon = signal<string | undefined>(undefined);
export const forecast = new PerWallet((id) => readForecast(id, addDays(horizon.peek() ?? forecastEnd(todayOf(id)), 1)), 'at all');
