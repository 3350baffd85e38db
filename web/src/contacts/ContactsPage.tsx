import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { KeyDialog } from '@/components/KeyDialog';
import { NotAllowed } from '@/components/NotAllowed';
import { Skeleton } from '@/components/Skeleton';
import { onChange } from '@/database/changes';
import { useRefresher } from '@/database/freshness';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { useDelayed } from '@/lib/useDelayed';
import { useKeys } from '@/lib/useKeys';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { ContactRows } from './ContactRows';
import { ContactsHeader } from './ContactsHeader';
import { hearContact, openContacts, refreshContacts, useContacts } from './contactStore';
import { EmptyContacts } from './EmptyContacts';
import { ListTools } from './ListTools';
import { writeQuery, type ListQuery } from './listModel';
import { useListQuery } from './useListQuery';
import { useLiveVocabulary } from './vocabularyStore';

export function ContactsPage() {
  const { role } = useCompany();
  usePageTitle('Contacts', useUnreadTotal());
  return may(role, 'contacts.read') ? <Contacts /> : <NotAllowed place="Contacts" />;
}

const KEYS = [
  ['/', 'Search'],
  ['n', 'New contact'],
  ['j', 'Next contact'],
  ['k', 'Previous contact'],
  ['Enter', 'Open the contact'],
  ['?', 'Show these keys'],
] as const;

function Contacts() {
  const { query, show } = useListQuery();
  const searchRef = useRef<HTMLInputElement>(null);
  const [showsKeys, setShowsKeys] = useState(false);
  useLiveContacts(query);
  useLiveVocabulary();
  usePageKeys({ search: () => searchRef.current?.focus(), showKeys: () => setShowsKeys(true) });
  return (
    <>
      <ContactsHeader query={query} />
      <ListTools query={query} show={show} searchRef={searchRef} />
      <List query={query} />
      <KeyDialog
        open={showsKeys}
        onClose={() => setShowsKeys(false)}
        title="Keys of the contacts"
        keys={KEYS}
      />
    </>
  );
}

function List({ query }: { query: ListQuery }) {
  const { rows, status, failure } = useContacts();
  const loading = status === 'loading';
  const slow = useDelayed(loading);
  return (
    <section aria-label="List" aria-busy={loading} className="flex min-h-0 flex-1 flex-col bg-card">
      {loading && slow && rows.length === 0 && <ListSkeleton />}
      {status === 'failed' && failure && (
        <ErrorState failure={failure} onRetry={() => void refreshContacts()} />
      )}
      {status === 'ready' && rows.length === 0 && <EmptyContacts query={query} />}
      {rows.length > 0 && <ContactRows key={writeQuery(query)} rows={rows} stale={loading && slow} />}
    </section>
  );
}

function useLiveContacts(query: ListQuery): void {
  useRefresher(refreshContacts);
  useEffect(() => {
    void openContacts(query);
    return onChange('contact_list', hearContact);
  }, [query]);
}

interface PageActions {
  search: () => void;
  showKeys: () => void;
}

function usePageKeys({ search, showKeys }: PageActions): void {
  const navigate = useNavigate();
  const mayAdd = may(useCompany().role, 'contacts.write');
  const handlers = useMemo(
    () => ({ '/': search, '?': showKeys, ...(mayAdd && { n: () => void navigate('/contacts/new') }) }),
    // Both only move the focus or set state: any of their instances will do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [navigate, mayAdd],
  );
  useKeys(handlers);
}

function ListSkeleton() {
  return (
    <div role="status" className="grid gap-5 p-5">
      <span className="sr-only">Loading contacts</span>
      {['w-44', 'w-32', 'w-40', 'w-36', 'w-48'].map((width) => (
        <div key={width} className="flex items-center justify-between gap-6">
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
