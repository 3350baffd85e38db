import { Download, RefreshCw, ScrollText } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Skeleton } from '@/components/Skeleton';
import { Button } from '@/components/ui/Button';
import { announce } from '@/lib/announcer';
import { useAction } from '@/lib/useAction';
import { useDelayed } from '@/lib/useDelayed';
import { useCompany } from '@/session/companyStore';
import { Section } from '@/settings/Section';
import { AuditEntryRow } from './AuditEntryRow';
import { exportAudit, MOST_LINES } from './auditExport';
import { EVERYTHING, readFilter, writeFilter, type AuditFilter } from './auditFilter';
import { AuditFilters } from './AuditFilters';
import { openAudit, refreshAudit, showOlder, useAudit } from './auditStore';

/** Who changed what, when, from what to what. Nobody can change it. */
export function AuditPage() {
  const { filter, show } = useAddressedFilter();
  const { timeZone } = useCompany();
  useEffect(() => void openAudit(filter, timeZone), [filter, timeZone]);
  return (
    <Section
      title="Audit log"
      description="Every change in your company: who, when, and from what to what. Nobody can change this log."
      action={<ListButtons filter={filter} />}
    >
      {filter.rowId === '' ? (
        <AuditFilters filter={filter} onChange={show} />
      ) : (
        <Notice
          tone="info"
          action={
            <Button variant="outline" size="small" onClick={() => show(EVERYTHING)}>
              Show everything
            </Button>
          }
        >
          The history of one record.
        </Notice>
      )}
      <Entries isFiltered={writeFilter(filter) !== ''} onClear={() => show(EVERYTHING)} />
    </Section>
  );
}

function useAddressedFilter() {
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(address)), [address]);
  const show = (next: AuditFilter) => setSearch(writeFilter(next));
  return { filter, show };
}

function ListButtons({ filter }: { filter: AuditFilter }) {
  const company = useCompany();
  const loading = useAudit((state) => state.status === 'loading');
  const action = useAction();
  const download = () =>
    void action.run(async () => {
      const complete = await exportAudit(filter, company);
      announce(complete ? 'The file is there' : `The file has the newest ${MOST_LINES} lines`);
    });
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Button variant="outline" disabled={loading} onClick={() => void refreshAudit()}>
          <RefreshCw aria-hidden />
          Refresh
        </Button>
        <Button variant="outline" busy={action.busy} onClick={download}>
          {!action.busy && <Download aria-hidden />}
          Export as CSV
        </Button>
      </div>
      <FailureNotice failure={action.failure} />
    </div>
  );
}

interface EntriesProps {
  isFiltered: boolean;
  onClear: () => void;
}

function Entries({ isFiltered, onClear }: EntriesProps) {
  const { status, entries, names, complete, failure } = useAudit();
  const loading = status === 'loading';
  const slow = useDelayed(loading && entries.length === 0);
  if (status === 'ready' && entries.length === 0)
    return isFiltered ? <NothingFound onClear={onClear} /> : <NothingYet />;
  return (
    <div aria-busy={loading} className="grid gap-4">
      {slow && <Skeleton className="h-64" />}
      {entries.length > 0 && (
        <ol role="list" aria-label="Changes, the newest first" className="-my-1 divide-y">
          {entries.map((entry) => (
            <AuditEntryRow key={entry.id} entry={entry} names={names} />
          ))}
        </ol>
      )}
      {failure && <ErrorState failure={failure} onRetry={() => void retry(entries.length)} />}
      {entries.length > 0 && !complete && !failure && (
        <Button
          variant="outline"
          className="justify-self-center"
          busy={loading}
          onClick={() => void showOlder()}
        >
          Show older
        </Button>
      )}
    </div>
  );
}

const retry = (shown: number): Promise<void> => (shown === 0 ? refreshAudit() : showOlder());

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={ScrollText}
      title="Nothing of that kind happened"
      action={
        <Button variant="outline" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      No change fits all the filters together.
    </EmptyState>
  );
}

function NothingYet() {
  return (
    <EmptyState icon={ScrollText} title="Nothing happened yet">
      Whatever somebody changes in your company stands here afterwards.
    </EmptyState>
  );
}
