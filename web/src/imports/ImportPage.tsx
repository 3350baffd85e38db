import { FileQuestion } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Notice } from '@/components/Notice';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { StatusBadge } from '@/components/StatusBadge';
import { Button } from '@/components/ui/Button';
import { useDelayed } from '@/lib/useDelayed';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { CheckedStep } from './CheckedStep';
import { EndedStep } from './EndedStep';
import { FileChoice } from './FileChoice';
import { badgeOf, type ContactImport } from './importModel';
import { MappingStep } from './MappingStep';
import { ProgressStep } from './ProgressStep';
import { useImport } from './useImport';

const BACK = { to: '/contacts/import', label: 'Back to the imports' };

export function ImportPage() {
  const { role } = useCompany();
  const { import: id } = useParams();
  if (!may(role, 'contacts.import')) return <NotAllowed place="Importing contacts" />;
  return <Loaded key={id} importId={id ?? ''} />;
}

function Loaded({ importId }: { importId: string }) {
  const { item, failure, load } = useImport(importId);
  const slow = useDelayed(item === undefined && failure === null);
  usePageTitle(item?.name ?? 'Import');
  if (item === null) return <NoSuchImport />;
  if (item === undefined) {
    return (
      <>
        <PageHeader title="Import" back={BACK} />
        {failure ? (
          <ErrorState failure={failure} onRetry={() => void load()} />
        ) : (
          slow && <Skeleton className="m-4 h-64 md:m-8" />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader title={item.name} back={BACK} badge={<StatusBadge badge={badgeOf(item)} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid w-full max-w-4xl gap-5 px-4 py-5 pb-24 md:px-8 md:py-8">
          <Step item={item} reload={load} />
        </div>
      </div>
    </>
  );
}

interface StepProps {
  item: ContactImport;
  reload: () => Promise<void>;
}

/** What the import needs now. The database knows how far it is, so a reload or another person finds the same step. */
function Step({ item, reload }: StepProps) {
  const [changing, setChanging] = useState(false);
  switch (item.status) {
    case 'uploading':
      return (
        <>
          <Notice tone="warning">The upload of this file broke off. Choose the file again to go on.</Notice>
          <FileChoice importId={item.id} onUploaded={() => void reload()} />
        </>
      );
    case 'uploaded':
      return <MappingStep item={item} reload={reload} />;
    case 'checked':
      if (!changing) return <CheckedStep item={item} reload={reload} onChange={() => setChanging(true)} />;
      return <MappingStep item={item} reload={reload} onCancel={() => setChanging(false)} />;
    case 'checking':
    case 'running':
    case 'undoing':
      return <ProgressStep item={item} reload={reload} />;
    default:
      return <EndedStep item={item} reload={reload} />;
  }
}

function NoSuchImport() {
  return (
    <>
      <PageHeader title="Import" back={BACK} />
      <EmptyState
        icon={FileQuestion}
        title="There is no such import"
        action={
          <Button asChild>
            <Link to="/contacts/import">Go to the imports</Link>
          </Button>
        }
      >
        The address may be wrong, or the import belongs to another company.
      </EmptyState>
    </>
  );
}
