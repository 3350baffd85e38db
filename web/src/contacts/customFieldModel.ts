import { asFields, oneOf, text, textOrNull, texts, type Fields } from '@/lib/decode';
import { plainDay } from '@/lib/calendarDay';

export const FIELD_KINDS = ['text', 'number', 'date', 'boolean', 'choice'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A field that the company added to its contacts. */
export interface CustomField {
  id: string;
  label: string;
  kind: FieldKind;
  /** Of a choice. */
  options: string[];
  /** Archived fields take no new values; what they hold is kept. */
  archivedAt: string | null;
}

/** By the field's id. Dates are calendar days. */
export type CustomValues = Readonly<Record<string, string | number | boolean>>;

export function decodeCustomField(value: unknown): CustomField {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    label: text(row, 'label'),
    kind: oneOf(row, 'kind', FIELD_KINDS),
    options: row.options == null ? [] : texts(row, 'options'),
    archivedAt: textOrNull(row, 'archived_at'),
  };
}

export function decodeCustomValues(value: unknown): CustomValues {
  const fields: Fields = value == null ? {} : asFields(value);
  const kept = Object.entries(fields).filter((entry): entry is [string, string | number | boolean] =>
    ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return Object.fromEntries(kept);
}

/** A value for people. */
export function valueWords(field: CustomField, value: string | number | boolean, locale: string): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number')
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value);
  return field.kind === 'date' ? plainDay(value, locale, true) : value;
}

/** What stands in a form, as a value; null for nothing, and `undefined` for what the kind does not take. */
export function parseValue(kind: FieldKind, typed: string): string | number | boolean | null | undefined {
  const words = typed.trim();
  if (words === '') return null;
  if (kind === 'boolean') return words === 'true';
  if (kind !== 'number') return words;
  const number = Number(words.replaceAll(',', ''));
  return Number.isFinite(number) ? number : undefined;
}
