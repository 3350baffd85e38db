import { CircleCheckBig } from 'lucide-react';
import { useCallback, useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { WhenLabel } from '@/components/WhenLabel';
import { useLiveQuery } from '@/database/useLiveQuery';
import { toFailure, type Failure } from '@/lib/failure';
import { formatNumber } from '@/lib/phone';
import { useDelayed } from '@/lib/useDelayed';
import { useCompany } from '@/session/companyStore';
import { fetchFailedEvents, type FailedEvent } from './failedEventRepository';
import { Section } from './Section';

/** Signed events that could not be used: nothing that a customer sent disappears unseen. */
export function FailedEventsPage() {
  const [events, setEvents] = useState<FailedEvent[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(async () => {
    try {
      setEvents(await fetchFailedEvents());
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error));
    }
  }, []);
  useLiveQuery(load, 'failed_events');
  const slow = useDelayed(events === null);
  if (events === null && failure) return <ErrorState failure={failure} onRetry={() => void load()} />;
  if (events === null) return slow ? <Skeleton className="h-40" /> : null;
  return (
    <Section
      title="Events that failed"
      description="What Twilio delivered and FieldLite could not use. It is kept, and tried again where that can help."
    >
      {events.length === 0 ? (
        <EmptyState icon={CircleCheckBig} title="Nothing failed">
          Every event from Twilio was used.
        </EmptyState>
      ) : (
        <ul role="list" className="-my-3 divide-y">
          {events.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      )}
    </Section>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  sms: 'A text',
  status: 'A delivery report',
  unusable: 'A message that could not be read',
};

function EventRow({ event }: { event: FailedEvent }) {
  const { country } = useCompany();
  return (
    <li className="grid gap-1 py-3 text-sm">
      <div className="flex items-baseline gap-3">
        <p className="min-w-0 flex-1 font-medium break-words">
          {KINDS[event.kind] ?? event.kind}
          {event.fromNumber && ` from ${formatNumber(event.fromNumber, country)}`}
        </p>
        <WhenLabel at={event.receivedAt} className="shrink-0 text-xs text-muted-foreground tabular-nums" />
      </div>
      {event.body && <p className="line-clamp-3 break-words">“{event.body}”</p>}
      <p className="break-words text-destructive">{event.error}</p>
      <p className="text-xs break-all text-muted-foreground">
        {event.attempts > 1 && `Tried ${event.attempts} times · `}
        Reference for support: <code className="font-mono select-all">{event.id}</code>
      </p>
    </li>
  );
}
