import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import type { Json } from '@/database/types';
import { asFields, asList, flag, text, textOrNull } from '@/lib/decode';
import { readQuery, writeQuery, type ListQuery } from './listModel';

/** A list that somebody wants to come back to. */
export interface SavedFilter {
  id: string;
  userId: string;
  name: string;
  query: ListQuery;
  /** Whether colleagues see it too. */
  isShared: boolean;
}

const PLACE = 'contacts';

/** Kept as it stands in the address, so that an address and a saved filter never mean different things. */
function decodeSavedFilter(value: unknown): SavedFilter {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    userId: text(row, 'user_id'),
    name: text(row, 'name'),
    query: readQuery(new URLSearchParams(textOrNull(asFields(row.filter), 'search') ?? '')),
    isShared: flag(row, 'is_shared'),
  };
}

/** The person's own, and those that colleagues share. */
export async function fetchSavedFilters(): Promise<SavedFilter[]> {
  const query = getClient()
    .from('saved_filters')
    .select('id, user_id, name, filter, is_shared')
    .eq('place', PLACE)
    .order('name')
    .order('id');
  return asList(await answerOf(query), decodeSavedFilter);
}

export async function saveFilter(
  id: string,
  name: string,
  query: ListQuery,
  isShared: boolean,
): Promise<void> {
  const filter: Json = { search: writeQuery(query) };
  const row = { id, place: PLACE, name, filter, is_shared: isShared };
  await answerOf(getClient().from('saved_filters').upsert(row, { onConflict: 'id', ignoreDuplicates: true }));
}

export async function changeFilter(id: string, name: string, isShared: boolean): Promise<void> {
  await answerOf(getClient().from('saved_filters').update({ name, is_shared: isShared }).eq('id', id));
}

export async function deleteFilter(id: string): Promise<void> {
  await answerOf(getClient().from('saved_filters').delete().eq('id', id));
}
