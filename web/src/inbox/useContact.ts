import { useCallback, useEffect, useState } from 'react';
import { toFailure, type Failure } from '@/lib/failure';
import { fetchContact, type Contact } from './contactRepository';
import type { Conversation } from './conversationModel';

export interface ContactState {
  contact: Contact | null;
  failure: Failure | null;
  retry: () => void;
}

/** The conversation's contact; asked for again when a live event says that its name or type changed. */
export function useContact({ contactId, contactName, contactType }: Conversation): ContactState {
  const [state, setState] = useState<{ contact: Contact | null; failure: Failure | null }>({
    contact: null,
    failure: null,
  });
  const load = useCallback(() => {
    let current = true;
    if (contactId !== null) {
      fetchContact(contactId).then(
        (contact) => current && setState({ contact, failure: null }),
        (error: unknown) => current && setState((known) => ({ ...known, failure: toFailure(error) })),
      );
    }
    return () => {
      current = false;
    };
  }, [contactId]);
  useEffect(load, [load, contactName, contactType]);
  const isOther = state.contact !== null && state.contact.id !== contactId;
  return { contact: isOther ? null : state.contact, failure: state.failure, retry: load };
}
