import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text, textOrNull } from '@/lib/decode';

/** A contact as the picker shows it. */
export interface ContactChoice {
  id: string;
  name: string | null;
  /** E.164; the main one, when there are several. */
  number: string | null;
}

const MOST = 8;

function decodeContactChoice(value: unknown): ContactChoice {
  const row = asFields(value);
  return { id: text(row, 'id'), name: textOrNull(row, 'name'), number: textOrNull(row, 'primary_phone') };
}

/** Contacts that what was typed leads to, the best first; those last heard of while nothing is typed. */
export async function searchContacts(typed: string): Promise<ContactChoice[]> {
  const query = getClient().rpc('list_contacts', { p_query: typed.trim(), p_sort: 'recent', p_limit: MOST });
  return asList(await answerOf(query), decodeContactChoice);
}

export async function fetchContactChoice(id: string): Promise<ContactChoice | null> {
  const query = getClient().from('contact_list').select('id, name, primary_phone').eq('id', id);
  const row = await answerOf(query.maybeSingle());
  return row === null ? null : decodeContactChoice(row);
}

/** Says who a contact is. */
export async function nameContact(id: string, name: string): Promise<void> {
  await answerOf(getClient().from('contacts').update({ name }).eq('id', id));
}
