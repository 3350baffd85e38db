import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text, textOrNull, whole } from '@/lib/decode';

/** A signed event of a provider that could not be used; a person looks at it. */
export interface FailedEvent {
  id: string;
  provider: string;
  kind: string;
  receivedAt: string;
  error: string;
  attempts: number;
  fromNumber: string | null;
  body: string | null;
}

const LIMIT = 100;

function decodeFailedEvent(value: unknown): FailedEvent {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    provider: text(row, 'provider'),
    kind: text(row, 'kind'),
    receivedAt: text(row, 'received_at'),
    error: text(row, 'error'),
    attempts: whole(row, 'attempts'),
    fromNumber: textOrNull(row, 'from_number'),
    body: textOrNull(row, 'body'),
  };
}

/** The newest of them. */
export async function fetchFailedEvents(): Promise<FailedEvent[]> {
  const query = getClient()
    .from('failed_events')
    .select('*')
    .order('received_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(LIMIT);
  return asList(await answerOf(query), decodeFailedEvent);
}
