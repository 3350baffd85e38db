import { SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Button } from '@/components/ui/Button';
import { toFailure, type Failure } from '@/lib/failure';
import { ContactCard } from './ContactCard';
import { findConversation, openConversation, useConversations } from './conversationStore';
import { Thread } from './Thread';

/** The thread of a conversation with its contact beside it, once the conversation is found. */
export function ThreadPane({ conversationId }: { conversationId: string }) {
  const conversation = useConversations((state) => findConversation(state, conversationId));
  const isListed = useConversations((state) => state.status !== 'loading');
  const { failure, retry } = useOpening(conversationId, isListed && conversation === undefined);
  if (conversation === null) return <NoSuchConversation />;
  if (failure) return <ErrorState failure={failure} onRetry={retry} />;
  if (!conversation) return null;
  return (
    <>
      <Thread conversation={conversation} />
      <aside aria-label="Contact" className="hidden w-80 shrink-0 overflow-y-auto border-l bg-card xl:block">
        <ContactCard conversation={conversation} />
      </aside>
    </>
  );
}

/** Asks for a conversation that the list does not reach. */
function useOpening(conversationId: string, needed: boolean): { failure: Failure | null; retry: () => void } {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!needed) return;
    openConversation(conversationId).catch((error: unknown) => setFailure(toFailure(error)));
  }, [conversationId, needed, tries]);
  const retry = () => {
    setFailure(null);
    setTries(tries + 1);
  };
  return { failure, retry };
}

function NoSuchConversation() {
  return (
    <EmptyState
      icon={SearchX}
      title="This conversation does not exist"
      action={
        <Button asChild variant="outline">
          <Link to="/inbox">Back to the inbox</Link>
        </Button>
      }
    >
      It may belong to another company, or the address is not complete.
    </EmptyState>
  );
}
