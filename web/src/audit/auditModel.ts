import { Constants } from '@/database/types';
import { asFields, oneOf, text, textOrNull, whole, type Fields } from '@/lib/decode';

export const ACTIONS = Constants.public.Enums.audit_action;
export type AuditAction = (typeof ACTIONS)[number];

/** One change of one row, as the audit log keeps it. */
export interface AuditEntry {
  id: string;
  /** Counts up with time; lists page by it. */
  line: number;
  at: string;
  actorKind: (typeof Constants.public.Enums.audit_actor)[number];
  actorId: string | null;
  actorName: string | null;
  requestId: string | null;
  table: string;
  rowId: string;
  action: AuditAction;
  /** What the row is called, where its changed values say so. */
  subject: string | null;
  /** The changed columns before; null for a new row. */
  oldValues: Fields | null;
  /** The changed columns after; null for a row that went. */
  newValues: Fields | null;
}

export function decodeEntry(value: unknown): AuditEntry {
  const row = asFields(value);
  const values = (name: string) => (row[name] == null ? null : asFields(row[name]));
  return {
    id: text(row, 'id'),
    line: whole(row, 'line'),
    at: text(row, 'at'),
    actorKind: oneOf(row, 'actor_kind', Constants.public.Enums.audit_actor),
    actorId: textOrNull(row, 'actor_id'),
    actorName: textOrNull(row, 'actor_name'),
    requestId: textOrNull(row, 'request_id'),
    table: text(row, 'table_name'),
    rowId: text(row, 'row_id'),
    action: oneOf(row, 'action', ACTIONS),
    subject: textOrNull(row, 'subject'),
    oldValues: values('old_values'),
    newValues: values('new_values'),
  };
}

/** Whether the person whom the values told of was erased: that something happened is all that is left. */
export function isErased({ newValues }: AuditEntry): boolean {
  return newValues?.erased === true;
}

export interface AuditChange {
  column: string;
  before: unknown;
  after: unknown;
}

/** The changed columns, in the order in which they are read; none of what was erased. */
export function changesOf(entry: AuditEntry): AuditChange[] {
  if (isErased(entry)) return [];
  const { oldValues, newValues } = entry;
  const columns = new Set([...Object.keys(newValues ?? {}), ...Object.keys(oldValues ?? {})]);
  return [...columns].sort().map((column) => ({
    column,
    before: oldValues?.[column] ?? null,
    after: newValues?.[column] ?? null,
  }));
}

/** Names of rows that entries mention, by id. */
export type Names = ReadonlyMap<string, string>;

/** Which table names the rows that a column points at. */
const POINTERS: Readonly<Record<string, string>> = {
  contact_id: 'contacts',
  winner_id: 'contacts',
  loser_id: 'contacts',
  merged_into_id: 'contacts',
  organization_id: 'organizations',
  tag_id: 'tags',
  invoice_id: 'invoices',
};

/** The ids that entries mention, by table; without those of people, who are known anyway. */
export function mentionedIds(entries: readonly AuditEntry[]): ReadonlyMap<string, ReadonlySet<string>> {
  const mentioned = new Map<string, Set<string>>();
  const mention = (table: string, id: unknown) => {
    if (typeof id !== 'string') return;
    mentioned.set(table, (mentioned.get(table) ?? new Set()).add(id));
  };
  for (const entry of entries) {
    mention(entry.table, entry.rowId);
    for (const { column, before, after } of changesOf(entry)) {
      const table = POINTERS[column];
      if (table === undefined) continue;
      mention(table, before);
      mention(table, after);
    }
  }
  return mentioned;
}
