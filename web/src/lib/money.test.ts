import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/money.json';
import { formatMoney, majorUnits, minorDigits, moneyText, parseMoney } from './money';

describe('formatMoney', () => {
  it.each(vectors.format)('shows $cents minor units of $currency as $text', ({ cents, currency, text }) => {
    expect(formatMoney(cents, currency, 'en-US')).toBe(text);
  });

  it('knows currencies without cents', () => {
    expect(formatMoney(1_234, 'JPY', 'en-US')).toBe('¥1,234');
  });
});

describe('parseMoney', () => {
  it.each(vectors.parse)('reads $text as $cents', ({ text, cents }) => {
    expect(parseMoney(text, 'USD')).toBe(cents);
  });

  it('refuses what cannot be counted exactly', () => {
    expect(parseMoney('99999999999999999999', 'USD')).toBeNull();
  });

  it('knows currencies without cents', () => {
    expect(minorDigits('JPY')).toBe(0);
    expect(parseMoney('1,234', 'JPY')).toBe(1_234);
    expect(parseMoney('12.5', 'JPY')).toBeNull();
  });
});

describe('an amount that is edited', () => {
  it.each([0, 5, 70, 123_450, 1_999, 9_999_999_999])('comes back as %s', (cents) => {
    expect(parseMoney(moneyText(cents, 'USD'), 'USD')).toBe(cents);
    expect(JSON.stringify(majorUnits(cents, 'USD'))).toMatch(/^\d+(\.\d{1,2})?$/);
  });
});
