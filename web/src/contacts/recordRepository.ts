import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, oneOf, text, textOrNull } from '@/lib/decode';

/** What people delete, and can have back until it is purged. */
const RECORD_KINDS = ['contact', 'organization', 'property', 'note', 'task', 'attachment'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export async function deleteRecord(kind: RecordKind, id: string): Promise<void> {
  await answerOf(getClient().rpc('delete_record', { p_kind: kind, p_id: id }));
}

export async function restoreRecord(kind: RecordKind, id: string): Promise<void> {
  await answerOf(getClient().rpc('restore_record', { p_kind: kind, p_id: id }));
}

export interface DeletedRecord {
  kind: RecordKind;
  id: string;
  title: string;
  deletedAt: string;
  deletedByName: string | null;
  /** The calendar day on which it goes for good. */
  purgeOn: string | null;
}

export interface DeletedPage {
  records: DeletedRecord[];
  /** For asking for the next page; null after the last one. */
  next: { key: string; id: string } | null;
}

/** What was deleted, the latest first, below `after`. */
async function fetchDeleted(limit: number, after: DeletedPage['next']): Promise<DeletedPage> {
  const question = { p_limit: limit, ...(after && { p_after: { ...after } }) };
  const rows = asList(await answerOf(getClient().rpc('deleted_records', question)), asFields);
  const last = rows.at(-1);
  return {
    records: rows.map((row) => ({
      kind: oneOf(row, 'kind', RECORD_KINDS),
      id: text(row, 'id'),
      title: textOrNull(row, 'title') ?? 'Without a name',
      deletedAt: text(row, 'deleted_at'),
      deletedByName: textOrNull(row, 'deleted_by_name'),
      purgeOn: textOrNull(row, 'purge_on'),
    })),
    next: last && rows.length === limit ? { key: text(last, 'key'), id: text(last, 'id') } : null,
  };
}

/** The first pages of it together. */
export async function fetchDeletedPages(limit: number, pages: number): Promise<DeletedPage> {
  let page = await fetchDeleted(limit, null);
  for (let asked = 1; asked < pages && page.next; asked += 1) {
    const more = await fetchDeleted(limit, page.next);
    page = { records: [...page.records, ...more.records], next: more.next };
  }
  return page;
}
