import { useCallback, useEffect, useState } from 'react';
import type { Conversation } from '@/inbox/conversationModel';
import { fetchConversationsOf } from '@/inbox/conversationRepository';
import { toFailure, type Failure } from '@/lib/failure';

interface ContactConversations {
  /** The latest first; null until they are known. */
  conversations: Conversation[] | null;
  failure: Failure | null;
  retry: () => void;
}

export function useConversationsOf(contactId: string): ContactConversations {
  const [conversations, setConversations] = useState<Conversation[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(() => {
    fetchConversationsOf(contactId).then(setConversations, (error: unknown) => setFailure(toFailure(error)));
  }, [contactId]);
  useEffect(load, [load]);
  const retry = () => {
    setFailure(null);
    load();
  };
  return { conversations, failure, retry };
}
