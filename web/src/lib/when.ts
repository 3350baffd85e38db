/** Times for people, always in the company's zone and language. Instants are ISO strings as the database writes them. */
export interface Place {
  /** IANA zone, such as `America/Denver`. */
  timeZone: string;
  /** BCP 47, such as `en-US`. */
  locale: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a DateTimeFormat is slow, and lists need many: each kind is made once. */
function formatOf({ locale, timeZone }: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(key, format);
  }
  return format;
}

/** The calendar day of an instant in the place's zone, as `2026-11-24`. */
export function dayOf(instant: Date, { timeZone }: Place): string {
  return formatOf(
    { timeZone, locale: 'en-CA' },
    { year: 'numeric', month: '2-digit', day: '2-digit' },
  ).format(instant);
}

/** Whole calendar days from the day of `instant` to the day of `now`. */
function daysAgo(instant: Date, now: Date, place: Place): number {
  return Math.round((Date.parse(dayOf(now, place)) - Date.parse(dayOf(instant, place))) / DAY);
}

export function clockTime(iso: string, place: Place): string {
  return formatOf(place, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso));
}

/** For a list row: `now`, `5m`, `10:42 AM`, `Yesterday`, `Tue`, `Nov 24`, `11/24/25`. */
export function shortWhen(iso: string, now: Date, place: Place): string {
  const instant = new Date(iso);
  const age = now.getTime() - instant.getTime();
  if (age < MINUTE) return 'now';
  if (age < 60 * MINUTE) return `${Math.floor(age / MINUTE)}m`;
  const days = daysAgo(instant, now, place);
  if (days <= 0) return clockTime(iso, place);
  if (days === 1) return 'Yesterday';
  if (days < 7) return formatOf(place, { weekday: 'short' }).format(instant);
  const sameYear = dayOf(instant, place).slice(0, 4) === dayOf(now, place).slice(0, 4);
  if (sameYear) return formatOf(place, { month: 'short', day: 'numeric' }).format(instant);
  return formatOf(place, { year: '2-digit', month: 'numeric', day: 'numeric' }).format(instant);
}

/** For a day separator: `Today`, `Yesterday`, `Tue, Nov 24`, with the year when it is another one. */
export function dayLabel(iso: string, now: Date, place: Place): string {
  const instant = new Date(iso);
  const days = daysAgo(instant, now, place);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const sameYear = dayOf(instant, place).slice(0, 4) === dayOf(now, place).slice(0, 4);
  const year: Intl.DateTimeFormatOptions = sameYear ? {} : { year: 'numeric' };
  return formatOf(place, { weekday: 'short', month: 'short', day: 'numeric', ...year }).format(instant);
}

/** The whole date and time; the zone is named when it is not the reader's own. */
export function fullWhen(iso: string, place: Place, readerZone: string = ownTimeZone()): string {
  const zone: Intl.DateTimeFormatOptions = place.timeZone === readerZone ? {} : { timeZoneName: 'short' };
  return formatOf(place, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...zone,
  }).format(new Date(iso));
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Orders two timestamps as PostgreSQL writes them (one zone, trailing zeros dropped). Microseconds count, so a Date
 * is too coarse; in this notation the order of the texts is the order of the instants.
 */
export function compareInstants(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
