import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { Constants } from '@/database/types';
import { asFields, asList, flag, oneOf, text, textOrNull } from '@/lib/decode';
import type { ContactType } from './conversationModel';

export interface ContactPhone {
  id: string;
  /** Null when what was entered is no telephone number. */
  e164: string | null;
  raw: string;
  label: string | null;
  isPrimary: boolean;
}

export interface Contact {
  id: string;
  name: string | null;
  type: ContactType;
  createdAt: string;
  phones: ContactPhone[];
}

export async function fetchContact(id: string): Promise<Contact> {
  const query = getClient()
    .from('contacts')
    .select('id, name, type, created_at, contact_phones(id, e164, raw, label, is_primary)')
    .eq('id', id)
    .order('is_primary', { referencedTable: 'contact_phones', ascending: false })
    .single();
  return decodeContact(await answerOf(query));
}

function decodeContact(value: unknown): Contact {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    name: textOrNull(row, 'name'),
    type: oneOf(row, 'type', Constants.public.Enums.contact_type),
    createdAt: text(row, 'created_at'),
    phones: asList(row.contact_phones, decodePhone),
  };
}

function decodePhone(value: unknown): ContactPhone {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    e164: textOrNull(row, 'e164'),
    raw: text(row, 'raw'),
    label: textOrNull(row, 'label'),
    isPrimary: flag(row, 'is_primary'),
  };
}
