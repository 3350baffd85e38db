import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { uploadFile } from '@/database/fileStorage';
import type { Database } from '@/database/types';
import { asList } from '@/lib/decode';
import { decodeAttachment, mimeTypeOf, type Attachment } from './fileModel';

type AttachmentInsert = Database['public']['Tables']['attachments']['Insert'];

/** A contact's files, the newest first. */
export async function fetchAttachments(contactId: string, limit: number): Promise<Attachment[]> {
  const query = getClient()
    .from('attachments')
    .select('id, path, name, mime_type, size_bytes, created_at, created_by')
    .eq('contact_id', contactId)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit);
  return asList(await answerOf(query), decodeAttachment);
}

export interface FileToAttach {
  id: string;
  tenantId: string;
  contactId: string;
  file: File;
}

/** Sends the bytes, then says whose they are. The same id again, after a lost answer, goes on where it stopped. */
export async function attachFile(
  { id, tenantId, contactId, file }: FileToAttach,
  onProgress: (share: number) => void,
): Promise<void> {
  const mimeType = mimeTypeOf(file) ?? 'application/octet-stream';
  await uploadFile(`${tenantId}/${id}`, file, mimeType, onProgress);
  // The generated type asks for what a trigger takes from Storage and a browser may not write.
  const row = { id, contact_id: contactId, name: file.name.slice(0, 255) } as AttachmentInsert;
  await answerOf(getClient().from('attachments').upsert(row, { onConflict: 'id', ignoreDuplicates: true }));
}
