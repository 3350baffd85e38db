import { decodeCustomField, type CustomField, type FieldKind } from '@/contacts/customFieldModel';
import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import { unlessTaken } from './takenName';

const TAKEN = 'There is a field of that name already.';

/** All of them in their order, also those that are archived. */
export async function fetchFields(): Promise<CustomField[]> {
  const query = getClient().from('custom_fields').select('id, label, kind, options, archived_at');
  const ordered = query.eq('entity', 'contact').order('position').order('label').order('id');
  return asList(await answerOf(ordered), decodeCustomField);
}

export interface NewField {
  id: string;
  label: string;
  kind: FieldKind;
  options: string[];
  /** Below how many others it stands. */
  position: number;
}

/** The same id again is success. */
export async function addField(field: NewField): Promise<void> {
  const asked = getClient().from('custom_fields').upsert(field, { onConflict: 'id', ignoreDuplicates: true });
  await unlessTaken(answerOf(asked), TAKEN);
}

export async function changeField(id: string, label: string, options: string[]): Promise<void> {
  await change(id, { label, options });
}

export async function archiveField(id: string, archived: boolean): Promise<void> {
  await change(id, { archived_at: archived ? new Date().toISOString() : null });
}

/** Gives the fields the order of this list. */
export async function orderFields(ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries()) await change(id, { position });
}

interface FieldChange {
  label?: string;
  options?: string[];
  archived_at?: string | null;
  position?: number;
}

async function change(id: string, part: FieldChange): Promise<void> {
  await unlessTaken(answerOf(getClient().from('custom_fields').update(part).eq('id', id)), TAKEN);
}
