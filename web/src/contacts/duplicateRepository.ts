import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, oneOf, text, textOrNull, texts } from '@/lib/decode';
import { CONTACT_TYPES, type ContactType } from './contactModel';

/** Somebody who may be the same person. */
export interface Duplicate {
  id: string;
  name: string | null;
  type: ContactType;
  primaryPhone: string | null;
  primaryEmail: string | null;
  /** What they have in common: `phone`, `email`, `name`. */
  matchedOn: string[];
}

function decodeDuplicate(value: unknown): Duplicate {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    name: textOrNull(row, 'name'),
    type: oneOf(row, 'type', CONTACT_TYPES),
    primaryPhone: textOrNull(row, 'primary_phone'),
    primaryEmail: textOrNull(row, 'primary_email'),
    matchedOn: texts(row, 'matched_on'),
  };
}

/** Contacts that look like what is being typed; `exceptId` is the one that is edited. */
export async function findDuplicates(
  name: string,
  phones: readonly string[],
  emails: readonly string[],
  exceptId: string | null,
): Promise<Duplicate[]> {
  const found = await answerOf(
    getClient().rpc('find_duplicates', {
      p_name: name,
      p_phones: [...phones],
      p_emails: [...emails],
      ...(exceptId !== null && { p_except: exceptId }),
    }),
  );
  return asList(found, decodeDuplicate);
}

export interface DuplicatePair {
  firstId: string;
  firstName: string | null;
  secondId: string;
  secondName: string | null;
  matchedOn: string[];
}

/** Pairs of contacts that may be the same person, the likeliest first. */
export async function fetchDuplicatePairs(limit: number): Promise<DuplicatePair[]> {
  const pairs = await answerOf(getClient().rpc('duplicate_pairs', { p_limit: limit }));
  return asList(pairs, (value) => {
    const row = asFields(value);
    // Of somebody without a name it is the number or address; of one who has neither, nothing.
    const [firstName, secondName] = asList(row.names, (name) => (typeof name === 'string' ? name : null));
    return {
      firstId: text(row, 'first_id'),
      firstName: firstName ?? null,
      secondId: text(row, 'second_id'),
      secondName: secondName ?? null,
      matchedOn: texts(row, 'matched_on'),
    };
  });
}

/** Says that two contacts are two people: they are not shown as possible duplicates again. */
export async function keepApart({ firstId, secondId }: DuplicatePair): Promise<void> {
  await answerOf(getClient().rpc('keep_apart', { p_first: firstId, p_second: secondId }));
}

const MATCH_WORDS: Readonly<Record<string, string>> = {
  phone: 'the same number',
  email: 'the same e-mail address',
  name: 'a similar name',
};

/** What two contacts have in common, for people: `the same number and a similar name`. */
export function matchWords(matchedOn: readonly string[]): string {
  const words = matchedOn.map((match) => MATCH_WORDS[match] ?? match);
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
}
