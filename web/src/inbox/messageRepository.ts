import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import type { Database } from '@/database/types';
import type { OutboxItem } from './outboxModel';

type MessageInsert = Database['public']['Tables']['sms_messages']['Insert'];

/**
 * Hands a text to the database, which decides all but these three columns. The same id again is success and makes no
 * second text. Rejects with a Failure: `refused` (opted_out, twilio_not_set_up, too_fast, ...) or `offline`.
 */
export async function sendText({ id, conversationId, body }: OutboxItem): Promise<void> {
  const row = { id, conversation_id: conversationId, body };
  await answerOf(
    getClient()
      .from('sms_messages')
      // The generated type asks for columns that a trigger fills in and that a browser may not write.
      .upsert(row as MessageInsert, { onConflict: 'id', ignoreDuplicates: true }),
  );
}

/** Whether the database has the text. */
export async function hasText(id: string): Promise<boolean> {
  return (await answerOf(getClient().from('sms_messages').select('id').eq('id', id).maybeSingle())) !== null;
}
