import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, flag, text, textOrNull, whole } from '@/lib/decode';

/** What somebody wrote down about a contact. */
export interface Note {
  id: string;
  version: number;
  body: string;
  pinned: boolean;
  createdAt: string;
  createdBy: string | null;
}

export const LONGEST_NOTE = 10_000;

function decodeNote(value: unknown): Note {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    body: text(row, 'body'),
    pinned: flag(row, 'pinned'),
    createdAt: text(row, 'created_at'),
    createdBy: textOrNull(row, 'created_by'),
  };
}

/** The pinned ones first, then the newest. */
export async function fetchNotes(contactId: string, limit: number): Promise<Note[]> {
  const query = getClient()
    .from('notes')
    .select('id, version, body, pinned, created_at, created_by')
    .eq('contact_id', contactId)
    .order('pinned', { ascending: false })
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit);
  return asList(await answerOf(query), decodeNote);
}

/** The same id again is success. */
export async function addNote(id: string, contactId: string, body: string): Promise<void> {
  const row = { id, contact_id: contactId, body };
  await answerOf(getClient().from('notes').upsert(row, { onConflict: 'id', ignoreDuplicates: true }));
}

export async function changeNote(id: string, change: { body?: string; pinned?: boolean }): Promise<void> {
  await answerOf(getClient().from('notes').update(change).eq('id', id));
}
