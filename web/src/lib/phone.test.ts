import { describe, expect, it } from 'vitest';
import { formatNumber, parseNumber } from './phone';

describe('formatNumber', () => {
  it('shows a number at home in the national form', () => {
    expect(formatNumber('+13035550142', 'US')).toBe('(303) 555-0142');
  });

  it('shows a number abroad in the international form', () => {
    expect(formatNumber('+442079460018', 'US')).toBe('+44 20 7946 0018');
    expect(formatNumber('+13035550142', 'GB')).toBe('+1 303 555 0142');
  });

  it('leaves a short code alone', () => {
    expect(formatNumber('73822', 'US')).toBe('73822');
  });
});

describe('parseNumber', () => {
  it.each(['(303) 555-0142', '303.555.0142', '+1 303 555 0142', '1-303-555-0142'])('reads %s', (typed) => {
    expect(parseNumber(typed, 'US')).toBe('+13035550142');
  });

  it.each(['', '12', 'call me', '303555014'])('does not make a number of "%s"', (typed) => {
    expect(parseNumber(typed, 'US')).toBeNull();
  });
});
