import { useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { ContactInvoices } from '@/invoices/ContactInvoices';
import { cn } from '@/lib/cn';
import { useDelayed } from '@/lib/useDelayed';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { ActivityList } from './ActivityList';
import type { ContactCard } from './cardModel';
import { ConsentPanel } from './ConsentPanel';
import { ContactActions } from './ContactActions';
import { ContactHead } from './ContactHead';
import { nameOf } from './contactModel';
import { DetailsPanel } from './DetailsPanel';
import { FilesPanel } from './FilesPanel';
import { MergeNotices } from './MergeNotices';
import { NoSuchContact } from './NoSuchContact';
import { NotesPanel } from './NotesPanel';
import { PropertiesPanel } from './PropertiesPanel';
import { TabChoice, type Tab } from './TabChoice';
import { TasksPanel } from './TasksPanel';
import { useContactCard } from './useContactCard';
import { useLiveVocabulary } from './vocabularyStore';

export function ContactPage() {
  const { role } = useCompany();
  const { contact } = useParams();
  if (!may(role, 'contacts.read')) return <NotAllowed place="Contacts" />;
  return <Loaded key={contact} contactId={contact ?? ''} />;
}

const BACK = { to: '/contacts', label: 'Back to the contacts' };

function Loaded({ contactId }: { contactId: string }) {
  const { country } = useCompany();
  const { found, failure, load } = useContactCard(contactId);
  const slow = useDelayed(found === undefined && failure === null);
  usePageTitle(found?.kind === 'card' ? nameOf(found.card, country) : 'Contact', useUnreadTotal());
  if (found?.kind === 'moved') return <Navigate to={`/contacts/${found.to}`} replace />;
  if (found?.kind === 'nobody') return <NoSuchContact />;
  if (found) return <Found card={found.card} reload={load} />;
  return (
    <>
      <PageHeader title="Contact" back={BACK} />
      {failure ? <ErrorState failure={failure} onRetry={() => void load()} /> : slow && <PageSkeleton />}
    </>
  );
}

interface FoundProps {
  card: ContactCard;
  reload: () => Promise<void>;
}

/** Facts and activity beside each other; one at a time on a phone. */
function Found({ card, reload }: FoundProps) {
  const { country } = useCompany();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [tab, setTab] = useState<Tab>('details');
  useLiveVocabulary();
  return (
    <>
      <PageHeader
        title={nameOf(card, country)}
        back={BACK}
        action={<ContactActions card={card} reload={reload} />}
      />
      <div ref={setScroller} className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]">
        <div className="mx-auto grid w-full max-w-6xl gap-4 px-4 py-5 pb-24 md:px-8">
          <ContactHead card={card} />
          <MergeNotices contactId={card.id} reload={reload} />
          <TabChoice tab={tab} onChoose={setTab} />
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
            <div className={cn('grid min-w-0 gap-4 lg:order-last', tab !== 'details' && 'max-lg:hidden')}>
              <DetailsPanel card={card} />
              <TasksPanel contactId={card.id} />
              <PropertiesPanel card={card} reload={reload} />
              <FilesPanel contactId={card.id} />
              <div className="rounded-lg border bg-card p-4 empty:hidden">
                <ContactInvoices contactId={card.id} />
              </div>
              <ConsentPanel card={card} reload={reload} />
            </div>
            <div className={cn('grid min-w-0 gap-4', tab !== 'activity' && 'max-lg:hidden')}>
              <NotesPanel contactId={card.id} />
              <section aria-label="Activity">
                <h2 className="text-sm font-semibold">Activity</h2>
                <ActivityList contactId={card.id} scroller={scroller} />
              </section>
            </div>
          </div>
        </div>
      </div>
    </>
  );
}

function PageSkeleton() {
  return (
    <div role="status" className="mx-auto grid w-full max-w-6xl gap-4 p-4 md:p-8">
      <span className="sr-only">Loading the contact</span>
      <Skeleton className="h-16" />
      <Skeleton className="h-40" />
      <Skeleton className="h-24" />
    </div>
  );
}
