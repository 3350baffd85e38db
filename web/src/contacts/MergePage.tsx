import { useCallback } from 'react';
import { useParams } from 'react-router';
import { NotAllowed } from '@/components/NotAllowed';
import { useLoaded } from '@/database/useLoaded';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import type { ContactCard } from './cardModel';
import { fetchCard } from './cardRepository';
import { ListPage } from './ListPage';
import { MergeForm } from './MergeForm';
import { countMoving, type Moving } from './mergeRepository';
import { NoSuchContact } from './NoSuchContact';
import { useLiveVocabulary } from './vocabularyStore';

export function MergePage() {
  const { role } = useCompany();
  const { first, second } = useParams();
  usePageTitle('Merge contacts');
  if (!may(role, 'contacts.merge')) return <NotAllowed place="Merging contacts" />;
  return <Merging key={`${first} ${second}`} firstId={first ?? ''} secondId={second ?? ''} />;
}

/** A contact with what hangs on it. */
export interface Candidate {
  card: ContactCard;
  moving: Record<Moving, number>;
}

async function loadCandidate(id: string): Promise<Candidate | null> {
  const [card, moving] = await Promise.all([fetchCard(id), countMoving(id)]);
  return card && { card, moving };
}

function Merging({ firstId, secondId }: { firstId: string; secondId: string }) {
  useLiveVocabulary();
  const ask = useCallback(
    () => Promise.all([loadCandidate(firstId), loadCandidate(secondId)]),
    [firstId, secondId],
  );
  const { value, failure, load } = useLoaded(ask);
  const isNobody = value?.includes(null) ?? false;
  if (isNobody || firstId === secondId) return <NoSuchContact />;
  const [first, second] = value ?? [];
  return (
    <ListPage title="Merge contacts" isLoaded={value !== undefined} failure={failure} onRetry={load}>
      {first && second && <MergeForm first={first} second={second} />}
    </ListPage>
  );
}
