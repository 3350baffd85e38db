import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min';

function toCountry(country: string): CountryCode {
  return isSupportedCountry(country) ? country : 'US';
}

/** A number for people: in the national form when it shares the company's calling code. What is no number stays as it is. */
export function formatNumber(e164: string, country: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  const atHome = parsed.countryCallingCode === getCountryCallingCode(toCountry(country));
  return atHome ? parsed.formatNational() : parsed.formatInternational();
}

/** With its country code, where the reader's own country is not known. */
export function internationalNumber(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** E.164 from what a person typed, read as a number of the company's country; null when it cannot be a number. */
export function parseNumber(typed: string, country: string): string | null {
  const parsed = parsePhoneNumberFromString(typed, toCountry(country));
  return parsed?.isPossible() ? parsed.number : null;
}
