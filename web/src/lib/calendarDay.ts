import type { Place } from './when';
import { dayOf } from './when';

/** Calendar days as the database writes them, `2026-11-24`: a due date is the same day in every zone. */
const DAY = 24 * 60 * 60_000;

/** The middle of the day in UTC, so that formatting it in UTC never slips to a neighbour. */
const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noonOf(to).getTime() - noonOf(from).getTime()) / DAY);
}

/** The day for people: `Today`, `Tomorrow`, `Yesterday`, `Tue, Nov 24`, with the year when it is another one. */
export function dayWords(day: string, now: Date, place: Place): string {
  const today = dayOf(now, place);
  const distance = daysBetween(today, day);
  if (distance === 0) return 'Today';
  if (distance === 1) return 'Tomorrow';
  if (distance === -1) return 'Yesterday';
  return plainDay(day, place.locale, day.slice(0, 4) !== today.slice(0, 4));
}

/** `Tue, Nov 24`, or `Tue, Nov 24, 2026`. */
export function plainDay(day: string, locale: string, withYear: boolean): string {
  const year: Intl.DateTimeFormatOptions = withYear ? { year: 'numeric' } : {};
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
    ...year,
  }).format(noonOf(day));
}
