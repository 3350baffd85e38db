import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import type { Json } from '@/database/types';
import { asFields } from '@/lib/decode';
import { decodeCard, type ContactCard } from './cardModel';
import { linesOf, type ContactForm } from './formModel';

/** One contact with its numbers, addresses and tags; null when there is none for this person. */
export async function fetchCard(id: string): Promise<ContactCard | null> {
  const row = await answerOf(getClient().rpc('get_contact', { p_contact: id }).maybeSingle());
  return row === null ? null : decodeCard(asFields(row));
}

export interface ContactToSave {
  id: string;
  /** Of the contact that the form was made from; null for a new one. */
  version: number | null;
  form: ContactForm;
  /** Null takes a value away; fields that are absent keep theirs. */
  customValues: Readonly<Record<string, string | number | boolean | null>>;
  /** Of the company, for reading numbers. */
  country: string;
}

/**
 * Writes a contact with its numbers, addresses and tags in one transaction. A new one with the same id and content
 * again is success. Refused with `stale` when somebody changed the contact meanwhile.
 */
export async function saveContact({
  id,
  version,
  form,
  customValues,
  country,
}: ContactToSave): Promise<void> {
  const orNull = (typed: string) => (typed.trim() === '' ? null : typed.trim());
  const contact: Json = {
    id,
    ...(version !== null && { version }),
    type: form.type,
    name: orNull(form.name),
    organization_id: form.organizationId,
    organization_name: form.organizationId === null ? orNull(form.organizationName) : null,
    job_title: orNull(form.jobTitle),
    source: orNull(form.source),
    custom_values: { ...customValues },
    tag_ids: [...form.tagIds],
    ...linesOf(form, country),
  };
  await answerOf(getClient().rpc('save_contact', { p_contact: contact }));
}
