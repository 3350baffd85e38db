import { asFields, asList, text } from '@/lib/decode';

/** A second factor that is set up: an authenticator app on some device. */
export interface Factor {
  id: string;
  name: string;
  createdAt: string;
}

/** What the app is given, before its first code proves that it works. */
export interface Enrolment {
  id: string;
  /** A data URL. */
  qrCode: string;
  secret: string;
}

export function decodeFactors(value: unknown): Factor[] {
  return asList(asFields(value).factors, (item) => {
    const row = asFields(item);
    return { id: text(row, 'id'), name: text(row, 'friendly_name'), createdAt: text(row, 'created_at') };
  });
}

export function decodeEnrolment(value: unknown): Enrolment {
  const row = asFields(value);
  return { id: text(row, 'id'), qrCode: text(row, 'qr_code'), secret: text(row, 'secret') };
}

/** The secret in groups of four, as people type it. */
export function groupedSecret(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The digits of a code, however it was typed or pasted: `123 456`, `123-456`. */
export function codeDigits(typed: string): string {
  return typed.replace(/\D/g, '').slice(0, 6);
}
