import { CircleAlert, CirclePlus, Pencil, SkipForward } from 'lucide-react';
import type { Badge } from '@/components/StatusBadge';
import { Constants } from '@/database/types';
import {
  asFields,
  asList,
  oneOf,
  oneOfOrNull,
  text,
  textOrNull,
  texts,
  whole,
  wholeOrNull,
  type Fields,
} from '@/lib/decode';
import { formatNumber } from '@/lib/phone';
import type { Counts } from './importModel';

export const ROW_ACTIONS = Constants.public.Enums.import_action;
export type RowAction = (typeof ROW_ACTIONS)[number];

/** What is wrong with a cell; `column` is its index, null where the whole row is meant. */
export interface Problem {
  column: number | null;
  words: string;
  isError: boolean;
}

/** A line of the report: what the row changes about a contact that exists. */
export interface RowChange {
  field: string;
  from: string | null;
  to: string;
}

export interface ImportRow {
  id: string;
  /** As a spreadsheet counts. */
  number: number;
  cells: string[];
  /** Null while it is not checked. */
  action: RowAction | null;
  reason: string | null;
  problems: Problem[];
  changes: Fields;
  matchedName: string | null;
  matchedOn: string[];
  matchedRow: number | null;
  contactId: string | null;
  leftBehind: string | null;
}

export function decodeRow(value: unknown): ImportRow {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    number: whole(row, 'number'),
    cells: texts(row, 'cells'),
    action: oneOfOrNull(row, 'action', ROW_ACTIONS),
    reason: textOrNull(row, 'reason'),
    problems: asList(row.errors, decodeProblem),
    changes: asFields(row.changes),
    matchedName: textOrNull(row, 'matched_name'),
    matchedOn: texts(row, 'matched_on'),
    matchedRow: wholeOrNull(row, 'matched_row'),
    contactId: textOrNull(row, 'contact_id'),
    leftBehind: textOrNull(row, 'left_behind'),
  };
}

function decodeProblem(value: unknown): Problem {
  const problem = asFields(value);
  return {
    column: wholeOrNull(problem, 'column'),
    words: text(problem, 'words'),
    isError: oneOf(problem, 'level', ['error', 'warning']) === 'error',
  };
}

export const ACTION_BADGES: Record<RowAction, Badge> = {
  create: { icon: CirclePlus, word: 'New', tone: 'good' },
  update: { icon: Pencil, word: 'Update', tone: 'unsure' },
  skip: { icon: SkipForward, word: 'Skip', tone: 'quiet' },
  error: { icon: CircleAlert, word: 'Error', tone: 'bad' },
};

export const ACTION_COUNTS: readonly {
  action: RowAction;
  word: string;
  count: (counts: Counts) => number;
}[] = [
  { action: 'create', word: 'New', count: ({ create }) => create },
  { action: 'update', word: 'Updates', count: ({ update }) => update },
  { action: 'skip', word: 'Skipped', count: ({ skip }) => skip },
  { action: 'error', word: 'Errors', count: ({ error }) => error },
];

const MATCH_WORDS: Readonly<Record<string, string>> = { phone: 'number', email: 'e-mail address' };

/** Why a row is what it is, as one sentence; null where its badge says all. */
export function reasonWords(row: ImportRow): string | null {
  const { action, reason, matchedName, matchedOn, matchedRow } = row;
  if (reason === 'same_row') return `The same as row ${matchedRow ?? ''}.`;
  if (reason === 'already_imported') return 'Was imported before; nothing changes.';
  const who = matchedName ?? (matchedRow === null ? 'A contact' : `Row ${matchedRow}`);
  const by = matchedOn.map((key) => MATCH_WORDS[key] ?? key).join(' and ');
  const same = by === '' ? ' is the same person' : ` has the same ${by}`;
  if (reason === 'unchanged') return `${who}${same}; nothing changes.`;
  if (reason === 'duplicate' || action === 'update') return `${who}${same}.`;
  return action === 'create' && matchedName !== null ? `${who}${same}.` : null;
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'Name',
  type: 'Type',
  job_title: 'Job title',
  source: 'Source',
  organization: 'Organization',
};

/** The changes of an update, field by field; `labels` names the company's own fields by id. */
export function changesOf(
  { changes }: ImportRow,
  labels: ReadonlyMap<string, string>,
  country: string,
): RowChange[] {
  return [
    ...changedFields(changes.fields, (key) => FIELD_WORDS[key] ?? key),
    ...changedFields(changes.custom, (key) => labels.get(key) ?? 'Custom field'),
    ...added('Phone', changes.phones, (phone) => numberWords(asFields(phone), country)),
    ...added('E-mail', changes.emails, String),
    ...(changes.address == null
      ? []
      : [{ field: 'Address', from: null, to: addressWords(asFields(changes.address)) }]),
    ...added('Tag', changes.tags, String),
    ...(typeof changes.note === 'string' ? [{ field: 'Note', from: null, to: changes.note }] : []),
  ];
}

function changedFields(value: unknown, labelOf: (key: string) => string): RowChange[] {
  if (value == null) return [];
  return Object.entries(asFields(value)).map(([key, change]) => {
    const { from, to } = asFields(change);
    return { field: labelOf(key), from: from == null ? null : valueWords(from), to: valueWords(to) };
  });
}

function added(field: string, values: unknown, wordsOf: (value: unknown) => string): RowChange[] {
  return values == null ? [] : asList(values, (value) => ({ field, from: null, to: wordsOf(value) }));
}

function valueWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}

function numberWords(phone: Fields, country: string): string {
  const e164 = textOrNull(phone, 'e164');
  return e164 === null ? text(phone, 'raw') : formatNumber(e164, country);
}

function addressWords(address: Fields): string {
  const parts = ['line1', 'line2', 'city', 'region', 'postal_code'].map((part) => textOrNull(address, part));
  return parts.filter((part) => part !== null).join(', ');
}
