import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList } from '@/lib/decode';
import type { PropertyForm } from './formModel';

/** Writes a service address of a contact, whether it exists or not: the same again changes nothing. */
export async function saveProperty(contactId: string, form: PropertyForm): Promise<void> {
  const orNull = (typed: string) => (typed.trim() === '' ? null : typed.trim());
  const row = {
    label: orNull(form.label),
    line1: orNull(form.line1),
    line2: orNull(form.line2),
    city: orNull(form.city),
    region: orNull(form.region),
    postal_code: orNull(form.postalCode),
    timezone: orNull(form.timeZone),
    gate_code: orNull(form.gateCode),
    notes: orNull(form.notes),
    // Left alone it is the company's own.
    ...(form.country !== '' && { country: form.country }),
  };
  const properties = getClient().from('properties');
  const added = await answerOf(
    properties
      .upsert({ id: form.id, contact_id: contactId, ...row }, { onConflict: 'id', ignoreDuplicates: true })
      .select('id'),
  );
  if (asList(added, asFields).length === 0) {
    await answerOf(getClient().from('properties').update(row).eq('id', form.id));
  }
}
