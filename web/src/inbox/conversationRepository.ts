import { answerOf, failureOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList } from '@/lib/decode';
import { decodeConversation, type Conversation } from './conversationModel';

export interface ConversationPage {
  rows: Conversation[];
  complete: boolean;
}

/** The newest conversations, or those below `after`. */
export async function fetchConversations(limit: number, after?: Conversation): Promise<ConversationPage> {
  let query = getClient()
    .from('conversation_list')
    .select('*')
    .order('last_message_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit);
  if (after) {
    const at = `"${after.lastMessageAt}"`;
    query = query.or(`last_message_at.lt.${at},and(last_message_at.eq.${at},id.lt.${after.id})`);
  }
  const rows = asList(await answerOf(query), decodeConversation);
  return { rows, complete: rows.length < limit };
}

/** One conversation; null when it does not exist or is not for this person. */
export async function fetchConversation(id: string): Promise<Conversation | null> {
  const row = await answerOf(getClient().from('conversation_list').select('*').eq('id', id).maybeSingle());
  return row === null ? null : decodeConversation(asFields(row));
}

/** The conversations of one contact, the latest first. */
export async function fetchConversationsOf(contactId: string): Promise<Conversation[]> {
  const query = getClient()
    .from('conversation_list')
    .select('*')
    .eq('contact_id', contactId)
    .order('last_message_at', { ascending: false })
    .order('id', { ascending: false });
  return asList(await answerOf(query), decodeConversation);
}

/** How many conversations have something unread. */
export async function countUnreadConversations(): Promise<number> {
  const { count, error, status } = await getClient()
    .from('conversation_list')
    .select('id', { count: 'exact' })
    .gt('unread_count', 0)
    .limit(1);
  if (error) throw failureOf(error, status);
  return count ?? 0;
}

export async function markRead(id: string): Promise<void> {
  await answerOf(getClient().rpc('mark_conversation_read', { p_conversation: id }));
}

export async function markUnread(id: string): Promise<void> {
  await answerOf(getClient().rpc('mark_conversation_unread', { p_conversation: id }));
}
