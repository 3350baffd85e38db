import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import { decodeEntry, type ThreadEntry, type ThreadScope } from './threadModel';

export interface ThreadPage {
  rows: ThreadEntry[];
  complete: boolean;
}

/** The newest entries of a thread, or those before `before`. */
export async function fetchEntries(
  scope: ThreadScope,
  limit: number,
  before?: ThreadEntry,
): Promise<ThreadPage> {
  let query = getClient().from('thread_entries').select('*');
  query =
    scope.contactId === null
      ? query.eq('conversation_id', scope.conversationId)
      : query.eq('contact_id', scope.contactId);
  if (before) {
    const at = `"${before.at}"`;
    query = query.or(`at.lt.${at},and(at.eq.${at},id.lt.${before.id})`);
  }
  query = query.order('at', { ascending: false }).order('id', { ascending: false }).limit(limit);
  const rows = asList(await answerOf(query), decodeEntry);
  return { rows, complete: rows.length < limit };
}
