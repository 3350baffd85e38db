import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { NotAllowed } from '@/components/NotAllowed';
import { cn } from '@/lib/cn';
import { useKeys } from '@/lib/useKeys';
import { usePageTitle } from '@/lib/usePageTitle';
import { mayReadInbox } from '@/session/companyModel';
import { useCompany } from '@/session/companyStore';
import { focusComposer } from './Composer';
import { ConversationList, focusedRow, NoConversation } from './ConversationList';
import { useUnreadTotal } from './conversationStore';
import { KeyHelp } from './KeyHelp';
import { ThreadPane } from './ThreadPane';

export function InboxPage() {
  return mayReadInbox(useCompany()) ? <Inbox /> : <NotAllowed place="The inbox" />;
}

/** List, thread and contact card side by side; one at a time on a phone. */
function Inbox() {
  const { conversation: selectedId } = useParams();
  const [showsKeys, setShowsKeys] = useState(false);
  usePageTitle('Inbox', useUnreadTotal());
  useInboxKeys(selectedId, () => setShowsKeys(true));
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={cn(
          'flex min-h-0 w-full flex-col bg-card md:w-80 md:border-r lg:w-96',
          selectedId && 'max-md:hidden',
        )}
      >
        <ConversationList selectedId={selectedId} />
      </div>
      <div className={cn('flex min-h-0 min-w-0 flex-1', !selectedId && 'max-md:hidden')}>
        {selectedId ? <ThreadPane key={selectedId} conversationId={selectedId} /> : <NoConversation />}
      </div>
      <KeyHelp open={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}

function useInboxKeys(selectedId: string | undefined, showKeys: () => void): void {
  const navigate = useNavigate();
  const handlers = useMemo(
    () => ({
      r: () => {
        const target = focusedRow() ?? selectedId;
        if (target === undefined) return;
        if (target === selectedId) focusComposer();
        else void navigate(`/inbox/${target}`, { state: { reply: true } });
      },
      '?': showKeys,
    }),
    // The opener of the dialog only sets state: any of its instances will do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [selectedId, navigate],
  );
  useKeys(handlers);
}
