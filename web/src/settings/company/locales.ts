/** What a company can choose: how dates, times and amounts are written. `chosen` is in the list whatever it is. */
const LOCALES = [
  'en-US',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-AU',
  'en-NZ',
  'es-US',
  'es-MX',
  'fr-CA',
  'de-DE',
] as const;

export function localeChoices(chosen: string): { id: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return [...new Set([...LOCALES, chosen])].map((id) => ({ id, label: names.of(id) ?? id }));
}

const SAMPLE = new Date('2026-11-24T17:30:00Z');

/** The same moment and amount in this notation: `Nov 24, 2026, 10:30 AM · $1,234.50`. */
export function localeSample(locale: string, timeZone: string, currency: string): string {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const amount = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return `${moment.format(SAMPLE)} · ${amount.format(1234.5)}`;
}
