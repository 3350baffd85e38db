import { saveFile } from '@/lib/saveFile';
import { fetchFileAsPerson } from '@/session/signedInService';
import type { ContactRow } from './contactModel';
import { filterOf, type ListQuery } from './listModel';

export type ExportFormat = 'csv' | 'vcf';

/** Downloads the contacts of a list, all of them, not only those that are loaded. */
export async function exportContacts(format: ExportFormat, query: ListQuery): Promise<void> {
  const search = new URLSearchParams({
    format,
    query: query.words.trim(),
    filter: JSON.stringify(filterOf(query)),
  });
  const file = await fetchFileAsPerson(`contacts/export?${search.toString()}`);
  saveFile(file, `contacts.${format}`);
}

/** Downloads one contact, for an address book. */
export async function exportContact({ id, name }: Pick<ContactRow, 'id' | 'name'>): Promise<void> {
  const search = new URLSearchParams({ format: 'vcf', contact: id });
  const file = await fetchFileAsPerson(`contacts/export?${search.toString()}`);
  saveFile(file, `${name ?? 'contact'}.vcf`);
}
