import { CopyCheck } from 'lucide-react';
import { useCallback } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { NotAllowed } from '@/components/NotAllowed';
import { Button } from '@/components/ui/Button';
import { useLoaded } from '@/database/useLoaded';
import { showFailure } from '@/lib/undoStore';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { fetchDuplicatePairs, keepApart, matchWords, type DuplicatePair } from './duplicateRepository';
import { ListPage } from './ListPage';

const MOST = 100;

export function DuplicatesPage() {
  const { role } = useCompany();
  usePageTitle('Possible duplicates');
  return may(role, 'contacts.read') ? <Duplicates /> : <NotAllowed place="Contacts" />;
}

function Duplicates() {
  const ask = useCallback(() => fetchDuplicatePairs(MOST), []);
  const { value: pairs, failure, load } = useLoaded(ask);
  return (
    <ListPage title="Possible duplicates" isLoaded={pairs !== undefined} failure={failure} onRetry={load}>
      {pairs?.length === 0 && (
        <EmptyState icon={CopyCheck} title="No duplicates in sight">
          Contacts with the same number, e-mail address or name appear here, to be looked at and merged.
        </EmptyState>
      )}
      {pairs && pairs.length > 0 && (
        <ul role="list" className="divide-y rounded-lg border bg-card">
          {pairs.map((pair) => (
            <PairLine key={`${pair.firstId} ${pair.secondId}`} pair={pair} reload={load} />
          ))}
        </ul>
      )}
    </ListPage>
  );
}

function PairLine({ pair, reload }: { pair: DuplicatePair; reload: () => Promise<void> }) {
  const mayMerge = may(useCompany().role, 'contacts.merge');
  const { firstId, firstName, secondId, secondName, matchedOn } = pair;
  const first = firstName ?? 'Unnamed contact';
  const second = secondName ?? 'Unnamed contact';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        <p className="break-words">
          <Name id={firstId} name={first} /> and <Name id={secondId} name={second} />
        </p>
        <p className="text-muted-foreground">They have {matchWords(matchedOn)}.</p>
      </div>
      {mayMerge && (
        <span className="flex flex-wrap gap-2">
          <Button asChild variant="outline" size="small">
            <Link
              to={`/contacts/merge/${firstId}/${secondId}`}
              aria-label={`Look and merge: ${first} and ${second}`}
            >
              Look and merge
            </Link>
          </Button>
          <Button
            variant="quiet"
            size="small"
            aria-label={`Two people: ${first} and ${second}`}
            onClick={() => void keepApart(pair).then(reload, showFailure)}
          >
            Two people
          </Button>
        </span>
      )}
    </li>
  );
}

function Name({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/contacts/${id}`} className="font-medium underline-offset-4 hover:underline">
      {name}
    </Link>
  );
}
