import { asFields, oneOf, text, textOrNull, whole } from '@/lib/decode';

export type Operation = 'insert' | 'update' | 'delete' | 'rejoin';

/** What a Broadcast event says: a row changed. Delivery is never guaranteed, so it is a hint and no record. */
export interface Change {
  table: string;
  id: string | null;
  operation: Operation;
  version: number;
  /** The row as its view shows it, where every listener of the area may read all of it. */
  row: unknown;
}

const OPERATIONS: readonly Operation[] = ['insert', 'update', 'delete', 'rejoin'];

/** Throws DecodeError for what is no change. */
export function decodeChange(payload: unknown): Change {
  const fields = asFields(payload);
  const operation = oneOf(fields, 'op', OPERATIONS);
  return {
    table: textOrNull(fields, 'table') ?? '',
    id: operation === 'rejoin' ? null : text(fields, 'id'),
    operation,
    version: operation === 'rejoin' ? 0 : whole(fields, 'version'),
    row: fields.row ?? null,
  };
}
