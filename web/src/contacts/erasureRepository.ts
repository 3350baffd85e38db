import { asFields, type Fields } from '@/lib/decode';
import { callAsPerson } from '@/session/signedInService';

/** What an erasure does with a person, in numbers by what they count. */
export interface Erasure {
  deleted: Counts;
  /** Rows that stay without what they said. */
  emptied: Counts;
  /** What the law says must stay. */
  kept: Counts;
}

export type Counts = Readonly<Record<string, number>>;

/** Counts what an erasure would do; nothing is changed. */
export function planErasure(contactId: string): Promise<Erasure> {
  return erase(contactId, false);
}

/** Erases the person for good. */
export function erasePerson(contactId: string): Promise<Erasure> {
  return erase(contactId, true);
}

async function erase(contactId: string, confirm: boolean): Promise<Erasure> {
  const path = `contacts/${contactId}/erase`;
  const answer = asFields(await callAsPerson({ method: 'POST', path, body: { confirm } }));
  const certificate = asFields(answer.certificate);
  return {
    deleted: countsOf(asFields(certificate.deleted)),
    emptied: countsOf(asFields(certificate.emptied)),
    kept: countsOf(asFields(certificate.kept)),
  };
}

function countsOf(fields: Fields): Counts {
  const counts = Object.entries(fields).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0,
  );
  return Object.fromEntries(counts);
}
