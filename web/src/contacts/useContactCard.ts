import { useCallback, useEffect } from 'react';
import { onChange } from '@/database/changes';
import { useLoaded } from '@/database/useLoaded';
import type { Failure } from '@/lib/failure';
import { useCompany } from '@/session/companyStore';
import type { ContactCard } from './cardModel';
import { fetchCard } from './cardRepository';
import { resolveContact } from './contactRepository';

/** What an id leads to: the contact; the one that it was merged into; or nobody. */
type Found = { kind: 'card'; card: ContactCard } | { kind: 'moved'; to: string } | { kind: 'nobody' };

async function find(id: string): Promise<Found> {
  const card = await fetchCard(id);
  if (card) return { kind: 'card', card };
  const survivor = await resolveContact(id);
  return survivor !== null && survivor !== id ? { kind: 'moved', to: survivor } : { kind: 'nobody' };
}

interface FoundContact {
  /** Undefined until it is known. */
  found: Found | undefined;
  failure: Failure | null;
  load: () => Promise<void>;
}

/** One contact, asked for again when an event says that something of it changed. */
export function useContactCard(id: string): FoundContact {
  const { tenantId } = useCompany();
  const ask = useCallback(() => find(id), [id]);
  const { value, failure, load } = useLoaded(ask);
  useEffect(
    () =>
      // Work on very many contacts says so once, by the company's id.
      onChange('contact_list', (change) => {
        if (change.id === id || change.id === tenantId) void load();
      }),
    [id, tenantId, load],
  );
  return { found: value, failure, load };
}
