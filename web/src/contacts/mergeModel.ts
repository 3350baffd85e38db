import { formatNumber } from '@/lib/phone';
import type { ContactCard, Phone } from './cardModel';
import { TYPE_WORDS } from './contactModel';
import { valueWords, type CustomField } from './customFieldModel';

export type Side = 'winner' | 'loser';

/** Whose value stays, by field: `name`, ..., or `custom:<id>` of the company's own fields. */
export type MergeChoices = Readonly<Record<string, Side>>;

/** A field of both contacts, in words; null where one has nothing. */
export interface MergeField {
  name: string;
  label: string;
  winner: string | null;
  loser: string | null;
}

/** The fields that at least one of the two has. */
export function mergeFields(
  winner: ContactCard,
  loser: ContactCard,
  customFields: readonly CustomField[],
  locale: string,
): MergeField[] {
  const both = (name: string, label: string, wordsOf: (card: ContactCard) => string | null): MergeField => ({
    name,
    label,
    winner: wordsOf(winner),
    loser: wordsOf(loser),
  });
  const custom = customFields.map((field) =>
    both(`custom:${field.id}`, field.label, ({ customValues }) => {
      const value = customValues[field.id];
      return value === undefined ? null : valueWords(field, value, locale);
    }),
  );
  return [
    both('name', 'Name', ({ name }) => name),
    both('type', 'Type', ({ type }) => TYPE_WORDS[type]),
    both('organization_id', 'Organization', ({ organizationName }) => organizationName),
    both('job_title', 'Job title', ({ jobTitle }) => jobTitle),
    both('source', 'Source', ({ source }) => source),
    ...custom,
  ].filter(({ winner: one, loser: other }) => one !== null || other !== null);
}

export const isDecided = ({ winner, loser }: MergeField): boolean =>
  winner === null || loser === null || winner === loser;

/** Whose value stays: as chosen; where nobody chose, the winner's, or the loser's where the winner has none. */
export function sideOf(field: MergeField, choices: MergeChoices): Side {
  return choices[field.name] ?? (field.winner === null ? 'loser' : 'winner');
}

/** All choices, also those that nobody made: what is on screen is what happens. */
export function allChoices(fields: readonly MergeField[], choices: MergeChoices): MergeChoices {
  return Object.fromEntries(fields.map((field) => [field.name, sideOf(field, choices)]));
}

/** After a merge the strictest holds: who opted out at one number is texted at none. Null when nothing gets stricter. */
export function consentWords(winner: ContactCard, loser: ContactCard, country: string): string | null {
  const phones = [...winner.phones, ...loser.phones].filter(({ e164 }) => e164 !== null);
  const texts = strictest(phones, ({ transactional }) => transactional, country);
  if (texts !== null)
    return `They opted out of texts at ${texts}: the merged contact is texted at none of its numbers.`;
  const marketing = strictest(phones, ({ marketing: status }) => status, country);
  return (
    marketing && `They opted out of marketing at ${marketing}: the merged contact gets none at any number.`
  );
}

/** The numbers that were opted out, when others were not. */
function strictest(
  phones: readonly Phone[],
  statusOf: (phone: Phone) => Phone['marketing'],
  country: string,
): string | null {
  const revoked = phones.filter((phone) => statusOf(phone) === 'revoked');
  if (revoked.length === 0 || revoked.length === phones.length) return null;
  const numbers = new Set(revoked.map(({ e164 }) => formatNumber(e164 ?? '', country)));
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(numbers);
}

const MOVING_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  phones: ['number', 'numbers'],
  emails: ['e-mail address', 'e-mail addresses'],
  properties: ['service address', 'service addresses'],
  conversations: ['conversation', 'conversations'],
  invoices: ['invoice', 'invoices'],
  notes: ['note', 'notes'],
  tasks: ['task', 'tasks'],
  attachments: ['file', 'files'],
};

/** What moves from one contact to the other: `2 numbers, 1 conversation and 3 notes`. */
export function movingWords(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(MOVING_WORDS)
    .filter(([name]) => (counts[name] ?? 0) > 0)
    .map(([name, [one, several]]) => `${counts[name] ?? 0} ${counts[name] === 1 ? one : several}`);
  return parts.length === 0 ? 'nothing' : new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}
