import { useCallback, useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { toFailure, type Failure } from '@/lib/failure';
import { formatNumber } from '@/lib/phone';
import { useDelayed } from '@/lib/useDelayed';
import { usePageTitle } from '@/lib/usePageTitle';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { fetchCard } from './cardRepository';
import { ContactEditor } from './ContactEditor';
import { emptyForm, formOf } from './formModel';
import { NoSuchContact } from './NoSuchContact';
import type { EditStart } from './useEditedContact';
import { useLiveVocabulary } from './vocabularyStore';

/** `/contacts/new` and `/contacts/<id>/edit`. */
export function EditContactPage() {
  const { role } = useCompany();
  const { contact } = useParams();
  usePageTitle(contact === undefined ? 'New contact' : 'Edit contact');
  if (!may(role, 'contacts.write')) return <NotAllowed place="Changing contacts" />;
  return <Editing key={contact ?? 'new'} contactId={contact} />;
}

function Editing({ contactId }: { contactId: string | undefined }) {
  useLiveVocabulary();
  const { start, failure, retry } = useStart(contactId);
  const slow = useDelayed(start === undefined && failure === null);
  const isNew = contactId === undefined;
  if (start === null) return <NoSuchContact />;
  return (
    <>
      <PageHeader
        title={isNew ? 'New contact' : 'Edit contact'}
        back={{
          to: isNew ? '/contacts' : `/contacts/${contactId}`,
          label: isNew ? 'Back to the contacts' : 'Back to the contact',
        }}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-2xl px-4 py-6 pb-16 md:px-8">
          {failure && !start && <ErrorState failure={failure} onRetry={retry} />}
          {slow && <Skeleton className="h-96" />}
          {start && <ContactEditor start={start} isNew={isNew} />}
        </div>
      </div>
    </>
  );
}

/** What the form begins with; undefined until it is known, null when there is no such contact. */
function useStart(contactId: string | undefined) {
  const { country } = useCompany();
  const [start, setStart] = useState<EditStart | null | undefined>(() =>
    contactId === undefined ? newStart() : undefined,
  );
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(() => {
    if (contactId === undefined) return;
    loadStart(contactId, country).then(setStart, (error: unknown) => setFailure(toFailure(error)));
  }, [contactId, country]);
  useEffect(load, [load]);
  const retry = () => {
    setFailure(null);
    load();
  };
  return { start, failure, retry };
}

function newStart(): EditStart {
  return { id: newId(), version: null, form: emptyForm(newId) };
}

async function loadStart(contactId: string, country: string): Promise<EditStart | null> {
  const card = await fetchCard(contactId);
  if (!card) return null;
  const form = formOf(card, (e164) => formatNumber(e164, country), newId);
  return { id: card.id, version: card.version, form };
}
