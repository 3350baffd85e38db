import { describe, expect, it } from 'vitest';
import { daysBetween, dayWords } from './calendarDay';

const DENVER = { timeZone: 'America/Denver', locale: 'en-US' };

describe('dayWords', () => {
  // In Denver it is still the evening of the 23rd.
  const now = new Date('2026-11-24T03:00:00Z');

  it.each([
    ['2026-11-23', 'Today'],
    ['2026-11-24', 'Tomorrow'],
    ['2026-11-22', 'Yesterday'],
    ['2026-12-08', 'Tue, Dec 8'],
    ['2027-01-02', 'Sat, Jan 2, 2027'],
  ])('calls %s %s', (day, words) => {
    expect(dayWords(day, now, DENVER)).toBe(words);
  });

  it('counts days over a change of the clock', () => {
    expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2);
    expect(daysBetween('2026-11-02', '2026-10-31')).toBe(-2);
  });
});
