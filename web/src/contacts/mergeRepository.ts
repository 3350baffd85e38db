import { answerOf, failureOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text, textOrNull } from '@/lib/decode';
import type { MergeChoices } from './mergeModel';

/** Joins the loser into the winner; returns the merge's id, for taking it back. */
export async function mergeContacts(
  winnerId: string,
  loserId: string,
  choices: MergeChoices,
): Promise<string> {
  const id = await answerOf(
    getClient().rpc('merge_contacts', { p_winner: winnerId, p_loser: loserId, p_fields: { ...choices } }),
  );
  return text({ id }, 'id');
}

/** Takes a merge back, for 30 days. */
export async function undoMerge(id: string): Promise<void> {
  await answerOf(getClient().rpc('undo_merge', { p_merge: id }));
}

/** A merge that can still be taken back. */
export interface Merge {
  id: string;
  loserName: string | null;
  createdAt: string;
}

/** How long a merge can be taken back, as the database counts. */
const UNDO_DAYS = 30;

export async function fetchUndoableMerges(winnerId: string): Promise<Merge[]> {
  const since = new Date(Date.now() - UNDO_DAYS * 24 * 60 * 60_000).toISOString();
  const query = getClient()
    .from('merges')
    .select('id, loser_name, created_at')
    .eq('winner_id', winnerId)
    .is('undone_at', null)
    .gte('created_at', since)
    .order('created_at', { ascending: false });
  return asList(await answerOf(query), (value) => {
    const row = asFields(value);
    return {
      id: text(row, 'id'),
      loserName: textOrNull(row, 'loser_name'),
      createdAt: text(row, 'created_at'),
    };
  });
}

/** What hangs on a contact and moves with a merge. */
const MOVING = ['conversations', 'invoices', 'notes', 'tasks', 'attachments'] as const;
export type Moving = (typeof MOVING)[number];

/** How many of each hang on a contact; those that the person may not see count as none. */
export async function countMoving(contactId: string): Promise<Record<Moving, number>> {
  const counts = await Promise.all(MOVING.map((table) => countOf(table, contactId)));
  return Object.fromEntries(MOVING.map((table, index) => [table, counts[index] ?? 0])) as Record<
    Moving,
    number
  >;
}

async function countOf(table: Moving, contactId: string): Promise<number> {
  const { count, error, status } = await getClient()
    .from(table)
    .select('id', { count: 'exact' })
    .eq('contact_id', contactId)
    .limit(1);
  if (error) throw failureOf(error, status);
  return count ?? 0;
}
