/**
 * Money is a whole number of minor units (cents) beside an ISO 4217 currency, as the database keeps it. Nothing here
 * computes totals: those come from the database. Tested with the vectors that SQL and Python are tested with too.
 */
const digitsOf = new Map<string, number>();
const formats = new Map<string, Intl.NumberFormat>();

/** How many digits the currency has after the point: 2 for dollars, 0 for yen. */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** Minor units for people, with the currency: `$1,234.50`. */
export function formatMoney(cents: number, currency: string, locale: string): string {
  const key = `${locale}|${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formats.set(key, format);
  }
  return format.format(cents / 10 ** minorDigits(currency));
}

/** Minor units as a person would type them, `1234.50`, for a field that is edited. Not negative. */
export function moneyText(cents: number, currency: string): string {
  return (cents / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));
}

/** Digits in groups of three by commas, or in none, and a fraction. */
const TYPED = /^(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?$/;

/**
 * Minor units from what a person typed: `1,234.50`, `$80`, ` 1234.5 `. Null for what is no amount: signs, exponents,
 * misplaced commas, more digits after the point than the currency has, or more than can be counted exactly.
 */
export function parseMoney(typed: string, currency: string): number | null {
  const bare = typed.trim().replace(/^\$\s*/, '');
  const parts = TYPED.exec(bare);
  if (!parts || !/\d/.test(bare)) return null;
  const [, whole = '', fraction = ''] = parts;
  const digits = minorDigits(currency);
  if (fraction.length > digits) return null;
  const cents = Number(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(cents) ? cents : null;
}

/** Minor units as the exact decimal of the major unit, for columns that hold major units. */
export function majorUnits(cents: number, currency: string): number {
  return cents / 10 ** minorDigits(currency);
}
