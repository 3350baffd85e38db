import { asFields, asList, type Fields } from '@/lib/decode';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

export const DAY_WORDS: Record<Day, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export const WORKDAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** From when until when: `08:00`, in the company's own time. Empty while it is being typed. */
export interface Span {
  from: string;
  /** `24:00` is the end of the day. */
  to: string;
}

/** A day without spans is closed. */
export type Hours = Readonly<Record<Day, readonly Span[]>>;

export const MOST_SPANS = 4;

/** As the database keeps them: `{"mon": [["08:00", "17:00"]], ...}`. */
export function decodeHours(value: unknown): Hours {
  const fields = asFields(value);
  return hoursOf((day) => asList(fields[day] ?? [], decodeSpan));
}

function decodeSpan(value: unknown): Span {
  const [from, to] = asList(value, String);
  return { from: from ?? '', to: to ?? '' };
}

/** What is saved, each day's spans in their order. */
export function encodeHours(hours: Hours): Record<Day, [string, string][]> {
  const spansOf = (day: Day) => inOrder(hours[day]).map(({ from, to }): [string, string] => [from, to]);
  return Object.fromEntries(DAYS.map((day) => [day, spansOf(day)])) as Record<Day, [string, string][]>;
}

function hoursOf(spansOf: (day: Day) => readonly Span[]): Hours {
  return Object.fromEntries(DAYS.map((day) => [day, spansOf(day)])) as unknown as Hours;
}

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((one, other) => one.from.localeCompare(other.from));
}

/** What is wrong with a day; null for nothing. */
export function problemOf(spans: readonly Span[]): string | null {
  if (spans.some(({ from, to }) => from === '' || to === '')) return 'Give both times.';
  if (spans.some(({ from, to }) => from >= to)) return 'Closing comes after opening.';
  const ordered = inOrder(spans);
  const overlap = ordered.some((span, index) => span.from < (ordered[index - 1]?.to ?? ''));
  return overlap ? 'These hours overlap.' : null;
}

/** The same spans on other days too. */
export function copyHours(hours: Hours, from: Day, to: readonly Day[]): Hours {
  return hoursOf((day) => (to.includes(day) ? hours[from] : hours[day]));
}

/** What a further span of a day begins as: the usual day, or what is left after the last one. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = inOrder(spans).at(-1);
  if (!last) return { from: '08:00', to: '17:00' };
  const from = hourAfter(last.to, 1);
  return from === null ? { from: '', to: '' } : { from, to: hourAfter(from, 4) ?? '24:00' };
}

/** The time so many hours later; null when it is not on the same day, or no time is given. */
function hourAfter(time: string, hours: number): string | null {
  const later = Number(time.slice(0, 2)) + hours;
  return time === '' || later > 23 ? null : `${String(later).padStart(2, '0')}${time.slice(2)}`;
}

/** A time field knows no 24:00: the midnight that ends a day is its 00:00. */
export const toField = (time: string): string => (time === '24:00' ? '00:00' : time);
export const endFromField = (value: string): string => (value === '00:00' ? '24:00' : value);

/** The days whose hours are wrong, with what is wrong. */
export function hoursProblems(hours: Hours): Partial<Record<Day, string>> {
  const found = DAYS.map((day) => [day, problemOf(hours[day])] as const);
  return Object.fromEntries(found.filter(([, problem]) => problem !== null));
}

/** Hours in a line for people: `Mon 08:00–12:00, 13:00–17:00 · Sat closed`. What is no hours is null. */
export function hoursWords(value: Fields): string | null {
  const lines = DAYS.filter((day) => Array.isArray(value[day])).map((day) => {
    const spans = asList(value[day], decodeSpan).map(({ from, to }) => `${from}–${to}`);
    return `${DAY_WORDS[day].slice(0, 3)} ${spans.join(', ') || 'closed'}`;
  });
  return lines.length === 0 ? null : lines.join(' · ');
}
