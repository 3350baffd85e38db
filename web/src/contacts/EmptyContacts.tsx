import { ContactRound, SearchX } from 'lucide-react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { addressOf } from './useListQuery';
import { countFilters, EVERYBODY, type ListQuery } from './listModel';

/** Nobody in the list: nothing was found, or there is nobody yet. */
export function EmptyContacts({ query }: { query: ListQuery }) {
  return query.words.trim() !== '' || countFilters(query) > 0 ? (
    <NothingFound query={query} />
  ) : (
    <NobodyYet />
  );
}

function NothingFound({ query }: { query: ListQuery }) {
  const words = query.words.trim();
  const filtered = countFilters(query) > 0;
  return (
    <EmptyState
      icon={SearchX}
      title={words === '' ? 'Nobody matches these filters' : `Nobody found for “${words}”`}
      action={
        <Button asChild variant="outline">
          <Link to={addressOf(filtered ? { ...EVERYBODY, words: query.words } : EVERYBODY)}>
            {filtered ? 'Clear the filters' : 'Show everybody'}
          </Link>
        </Button>
      }
    >
      {filtered
        ? 'Without the filters there may be somebody.'
        : 'Search by any part of a name, number, e-mail, address or organization.'}
    </EmptyState>
  );
}

function NobodyYet() {
  const { role } = useCompany();
  return (
    <EmptyState
      icon={ContactRound}
      title="No contacts yet"
      action={
        may(role, 'contacts.write') && (
          <span className="flex flex-wrap justify-center gap-2">
            <Button asChild>
              <Link to="/contacts/new">New contact</Link>
            </Button>
            {may(role, 'contacts.import') && (
              <Button asChild variant="outline">
                <Link to="/contacts/import">Import a list</Link>
              </Button>
            )}
          </span>
        )
      }
    >
      Everybody your company deals with: leads, customers, vendors, partners. Whoever texts you becomes one by
      themselves.
    </EmptyState>
  );
}
