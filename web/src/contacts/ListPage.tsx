import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import type { Failure } from '@/lib/failure';
import { useDelayed } from '@/lib/useDelayed';

interface ListPageProps {
  title: string;
  isLoaded: boolean;
  failure: Failure | null;
  onRetry: () => Promise<void>;
  children: ReactNode;
}

/** A page beside the list of contacts: its way back, and its states while there is nothing to show. */
export function ListPage({ title, isLoaded, failure, onRetry, children }: ListPageProps) {
  const slow = useDelayed(!isLoaded && failure === null);
  return (
    <>
      <PageHeader title={title} back={{ to: '/contacts', label: 'Back to the contacts' }} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid w-full max-w-3xl gap-4 px-4 py-5 pb-24 md:px-8">
          {slow && <Skeleton className="h-48" />}
          {!isLoaded && failure && <ErrorState failure={failure} onRetry={() => void onRetry()} />}
          {children}
        </div>
      </div>
    </>
  );
}
