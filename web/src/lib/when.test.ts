import { describe, expect, it } from 'vitest';
import { clockTime, compareInstants, dayLabel, dayOf, fullWhen, shortWhen } from './when';

const DENVER = { timeZone: 'America/Denver', locale: 'en-US' };
const NOW = new Date('2026-11-24T20:00:00Z'); // Tuesday, 1 PM in Denver

/** Newer ICU data puts a narrow no-break space before AM and PM. */
const plain = (value: string) => value.replace(/\s/g, ' ');

describe('dayOf', () => {
  it('is the calendar day of the company, not of the reader', () => {
    expect(dayOf(new Date('2026-11-24T06:59:59Z'), DENVER)).toBe('2026-11-23');
    expect(dayOf(new Date('2026-11-24T07:00:00Z'), DENVER)).toBe('2026-11-24');
  });

  it('follows the change to daylight saving time', () => {
    expect(dayOf(new Date('2026-07-01T05:59:59Z'), DENVER)).toBe('2026-06-30');
    expect(dayOf(new Date('2026-07-01T06:00:00Z'), DENVER)).toBe('2026-07-01');
  });
});

describe('shortWhen', () => {
  it.each([
    ['2026-11-24T19:59:30Z', 'now'],
    ['2026-11-24T20:00:30Z', 'now'],
    ['2026-11-24T19:55:00Z', '5m'],
    ['2026-11-24T15:42:00Z', '8:42 AM'],
    ['2026-11-24T06:30:00Z', 'Yesterday'],
    ['2026-11-19T18:00:00Z', 'Thu'],
    ['2026-11-17T18:00:00Z', 'Nov 17'],
    ['2025-11-24T18:00:00Z', '11/24/25'],
  ])('shows %s as %s', (instant, label) => {
    expect(plain(shortWhen(instant, NOW, DENVER))).toBe(label);
  });
});

describe('dayLabel', () => {
  it.each([
    ['2026-11-24T07:00:00Z', 'Today'],
    ['2026-11-24T06:59:00Z', 'Yesterday'],
    ['2026-11-22T18:00:00Z', 'Sun, Nov 22'],
    ['2025-12-31T18:00:00Z', 'Wed, Dec 31, 2025'],
  ])('shows %s as %s', (instant, label) => {
    expect(dayLabel(instant, NOW, DENVER)).toBe(label);
  });
});

describe('fullWhen', () => {
  it('names the zone only for a reader elsewhere', () => {
    expect(plain(fullWhen('2026-11-24T15:42:00Z', DENVER, 'America/Denver'))).toBe(
      'Tue, Nov 24, 2026, 8:42 AM',
    );
    expect(plain(fullWhen('2026-11-24T15:42:00Z', DENVER, 'Europe/Berlin'))).toBe(
      'Tue, Nov 24, 2026, 8:42 AM MST',
    );
  });
});

describe('clockTime', () => {
  it('is the time in the zone of the company', () => {
    expect(plain(clockTime('2026-11-24T15:42:00Z', DENVER))).toBe('8:42 AM');
  });
});

describe('compareInstants', () => {
  it('tells microseconds apart', () => {
    expect(compareInstants('2026-11-24T15:42:00.123456+00:00', '2026-11-24T15:42:00.123457+00:00')).toBe(-1);
  });

  it('understands dropped zeros', () => {
    expect(compareInstants('2026-11-24T15:42:00+00:00', '2026-11-24T15:42:00.5+00:00')).toBe(-1);
    expect(compareInstants('2026-11-24T15:42:00.51+00:00', '2026-11-24T15:42:00.5+00:00')).toBe(1);
    expect(compareInstants('2026-11-24T15:42:00.5+00:00', '2026-11-24T15:42:00.5+00:00')).toBe(0);
  });
});
