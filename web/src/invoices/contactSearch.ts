import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, flag, text, textOrNull } from '@/lib/decode';

/** A contact as the picker shows it. */
export interface ContactChoice {
  id: string;
  name: string | null;
  /** E.164; the main one, when there are several. */
  number: string | null;
}

const COLUMNS = 'id, name, contact_phones(e164, is_primary)';
const MOST = 8;
/** Fewer digits than these are in every number. */
const LEAST_DIGITS = 3;

export function decodeContactChoice(value: unknown): ContactChoice {
  const row = asFields(value);
  const phones = asList(row.contact_phones, decodePhone);
  const main = phones.find((phone) => phone.isPrimary) ?? phones[0];
  return { id: text(row, 'id'), name: textOrNull(row, 'name'), number: main?.e164 ?? null };
}

function decodePhone(value: unknown): { e164: string | null; isPrimary: boolean } {
  const row = asFields(value);
  return { e164: textOrNull(row, 'e164'), isPrimary: flag(row, 'is_primary') };
}

/** Contacts whose name, or one of whose numbers, contains what was typed; the newest ones while nothing is typed. */
export async function searchContacts(typed: string): Promise<ContactChoice[]> {
  const words = typed.trim();
  if (words === '') return newestContacts();
  const digits = words.replace(/\D/g, '');
  const [byName, byNumber] = await Promise.all([
    contactsNamed(words),
    digits.length >= LEAST_DIGITS ? contactsWithNumber(digits) : [],
  ]);
  const known = new Set(byName.map(({ id }) => id));
  return [...byName, ...byNumber.filter(({ id }) => !known.has(id))].slice(0, MOST);
}

export async function fetchContactChoice(id: string): Promise<ContactChoice | null> {
  const row = await answerOf(getClient().from('contacts').select(COLUMNS).eq('id', id).maybeSingle());
  return row === null ? null : decodeContactChoice(row);
}

/** Says who a contact is. */
export async function nameContact(id: string, name: string): Promise<void> {
  await answerOf(getClient().from('contacts').update({ name }).eq('id', id));
}

async function newestContacts(): Promise<ContactChoice[]> {
  const query = getClient()
    .from('contacts')
    .select(COLUMNS)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(MOST);
  return asList(await answerOf(query), decodeContactChoice);
}

async function contactsNamed(words: string): Promise<ContactChoice[]> {
  const query = getClient().from('contacts').select(COLUMNS).ilike('name', containing(words));
  return asList(await answerOf(query.order('name').limit(MOST)), decodeContactChoice);
}

async function contactsWithNumber(digits: string): Promise<ContactChoice[]> {
  const found = await answerOf(
    getClient().from('contact_phones').select('contact_id').like('e164', containing(digits)).limit(MOST),
  );
  const ids = asList(found, (row) => text(asFields(row), 'contact_id'));
  if (ids.length === 0) return [];
  return asList(
    await answerOf(getClient().from('contacts').select(COLUMNS).in('id', ids)),
    decodeContactChoice,
  );
}

/** A pattern for LIKE in which what was typed stands for itself. */
function containing(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}
