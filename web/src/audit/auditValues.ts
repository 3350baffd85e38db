import { plainDay } from '@/lib/calendarDay';
import { asFields } from '@/lib/decode';
import { formatMoney } from '@/lib/money';
import { formatNumber } from '@/lib/phone';
import { fullWhen, type Place } from '@/lib/when';
import { hoursWords } from '@/settings/company/hoursModel';
import { ROLE_WORDS } from '@/team/memberModel';
import type { Names } from './auditModel';
import { columnWords } from './auditTables';

/** What values are shown with. */
export interface Surroundings extends Place {
  country: string;
  currency: string;
  names: Names;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\+[1-9]\d{6,14}$/;

/** A value of a column for people. */
export function valueWords(column: string, value: unknown, around: Surroundings): string {
  if (value == null || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberWords(column, value, around);
  if (typeof value === 'string') return textWords(column, value, around);
  if (Array.isArray(value)) return listWords(column, value, around);
  return objectWords(value, around);
}

function numberWords(column: string, value: number, { currency, locale }: Surroundings): string {
  return column.endsWith('_cents') ? formatMoney(value, currency, locale) : String(value);
}

function textWords(column: string, value: string, around: Surroundings): string {
  if (column === 'role') return Object.entries(ROLE_WORDS).find(([role]) => role === value)?.[1] ?? value;
  if (INSTANT.test(value)) return fullWhen(value, around);
  if (DAY.test(value)) return plainDay(value, around.locale, true);
  if (NUMBER.test(value)) return formatNumber(value, around.country);
  if (column === 'status' || column === 'kind') return value.replaceAll('_', ' ');
  return around.names.get(value) ?? value;
}

function listWords(column: string, values: readonly unknown[], around: Surroundings): string {
  return values.map((value) => valueWords(column, value, around)).join(', ') || 'nothing';
}

function objectWords(value: unknown, around: Surroundings): string {
  const fields = asFields(value);
  const hours = hoursWords(fields);
  if (hours !== null) return hours;
  const parts = Object.entries(fields)
    .filter(([, part]) => part != null && part !== '')
    .map(
      ([name, part]) => `${around.names.get(name) ?? columnWords(name)}: ${valueWords(name, part, around)}`,
    );
  return parts.join('; ') || 'nothing';
}
