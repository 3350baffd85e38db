import { ACTIONS, type AuditAction } from './auditModel';
import { TABLES } from './auditTables';

/** Which entries are listed. Empty texts ask for nothing. */
export interface AuditFilter {
  personId: string;
  table: string;
  action: AuditAction | '';
  /** Calendar days of the company, both included. */
  from: string;
  to: string;
  /** One row's whole history. */
  rowId: string;
}

export const EVERYTHING: AuditFilter = { personId: '', table: '', action: '', from: '', to: '', rowId: '' };

const PARAMETERS: readonly (readonly [keyof AuditFilter, string])[] = [
  ['personId', 'person'],
  ['table', 'table'],
  ['action', 'action'],
  ['from', 'from'],
  ['to', 'to'],
  ['rowId', 'row'],
];

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the address holds. Damaged values ask for nothing: the database would refuse the whole question for them. */
export function readFilter(search: URLSearchParams): AuditFilter {
  const given = (name: string) => search.get(name) ?? '';
  const id = (name: string) => (ID.test(given(name)) ? given(name) : '');
  const day = (name: string) => (isDay(given(name)) ? given(name) : '');
  return {
    personId: id('person'),
    table: given('table') in TABLES ? given('table') : '',
    action: ACTIONS.find((action) => action === given('action')) ?? '',
    from: day('from'),
    to: day('to'),
    rowId: id('row'),
  };
}

export function writeFilter(filter: AuditFilter): string {
  const parts = PARAMETERS.map(([field, name]) => [name, filter[field]]);
  return new URLSearchParams(parts.filter(([, value]) => value !== '')).toString();
}

function isDay(value: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  // Some engines take February 31 for March 3.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** The calendar day after. */
export function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
