import { changesOf, isErased, type AuditChange, type AuditEntry } from './auditModel';
import { columnWords, nounOf } from './auditTables';
import { valueWords, type Surroundings } from './auditValues';

/** What happened, in a sentence: `Dana changed the role of Sam from Technician to Dispatcher`. */
export function sentenceOf(entry: AuditEntry, around: Surroundings): string {
  const deed = (isErased(entry) ? null : SPECIAL[entry.table]?.(entry, around)) ?? usualDeed(entry, around);
  return `${actorWords(entry)} ${deed}`;
}

export function actorWords({ actorKind, actorName }: AuditEntry): string {
  if (actorName !== null) return actorName;
  switch (actorKind) {
    case 'person':
      return 'Somebody';
    case 'operator':
      return 'An operator of FieldLite';
    default:
      return 'FieldLite';
  }
}

type Deed = (entry: AuditEntry, around: Surroundings) => string | null;

/** Changes that people have a word of their own for; null where they have not. */
const SPECIAL: Readonly<Record<string, Deed>> = {
  memberships: memberDeed,
  invitations: invitationDeed,
  contact_tags: contactTagDeed,
  tasks: taskDeed,
  invoices: invoiceDeed,
  twilio_settings: twilioDeed,
  merges: mergeDeed,
};

const has = (entry: AuditEntry, column: string): boolean =>
  entry.newValues != null && column in entry.newValues;

const isSet = (entry: AuditEntry, column: string): boolean => entry.newValues?.[column] != null;

function memberDeed(entry: AuditEntry, around: Surroundings): string | null {
  const who = subjectOf(entry, around) ?? 'somebody';
  const role = valueWords('role', entry.newValues?.role, around);
  if (entry.action === 'insert') {
    const joined = entry.newValues?.user_id === entry.actorId;
    return joined ? `joined as ${role}` : `let ${who} in as ${role}`;
  }
  if (!has(entry, 'deactivated_at')) return null;
  if (isSet(entry, 'deactivated_at'))
    return who === entry.actorName ? 'left the company' : `ended ${who}’s access`;
  return `let ${who} in again${has(entry, 'role') ? ` as ${role}` : ''}`;
}

function invitationDeed(entry: AuditEntry, around: Surroundings): string | null {
  const who = subjectOf(entry, around) ?? 'somebody';
  if (entry.action === 'insert')
    return `invited ${who} as ${valueWords('role', entry.newValues?.role, around)}`;
  if (isSet(entry, 'accepted_at')) return `accepted the invitation for ${who}`;
  if (isSet(entry, 'revoked_at')) return `took back the invitation for ${who}`;
  return isSet(entry, 'expires_at') ? `sent the invitation for ${who} again` : null;
}

function contactTagDeed(entry: AuditEntry, { names }: Surroundings): string | null {
  const values = entry.newValues ?? entry.oldValues ?? {};
  const tag = names.get(String(values.tag_id)) ?? 'of a deleted name';
  const contact = names.get(String(values.contact_id)) ?? 'a contact';
  if (entry.action === 'insert') return `put the tag ${tag} on ${contact}`;
  return entry.action === 'delete' ? `took the tag ${tag} off ${contact}` : null;
}

function taskDeed(entry: AuditEntry, around: Surroundings): string | null {
  if (entry.action !== 'update' || !has(entry, 'completed_at')) return null;
  return `${isSet(entry, 'completed_at') ? 'completed' : 'reopened'} ${thingOf(entry, around)}`;
}

const STEPS: Readonly<Record<string, string>> = {
  issued: 'issued',
  void: 'voided',
  written_off: 'wrote off',
};

function invoiceDeed(entry: AuditEntry, around: Surroundings): string | null {
  const step = entry.action === 'update' ? STEPS[String(entry.newValues?.status)] : undefined;
  return step === undefined ? null : `${step} ${thingOf(entry, around)}`;
}

function twilioDeed({ action }: AuditEntry): string {
  const words = {
    insert: 'connected Twilio',
    update: 'changed the Twilio account',
    delete: 'disconnected Twilio',
  };
  return words[action];
}

function mergeDeed(entry: AuditEntry, around: Surroundings): string | null {
  const values = entry.newValues ?? {};
  const winner = around.names.get(String(values.winner_id)) ?? 'another contact';
  if (entry.action === 'insert')
    return `merged ${valueWords('loser_name', values.loser_name ?? 'a contact', around)} into ${winner}`;
  return isSet(entry, 'undone_at') ? 'undid a merge' : null;
}

function usualDeed(entry: AuditEntry, around: Surroundings): string {
  const thing = thingOf(entry, around);
  if (entry.action === 'insert') return `added ${thing}`;
  if (entry.action === 'delete') return `removed ${thing}`;
  if (has(entry, 'deleted_at')) return `${isSet(entry, 'deleted_at') ? 'deleted' : 'restored'} ${thing}`;
  if (has(entry, 'archived_at'))
    return `${isSet(entry, 'archived_at') ? 'archived' : 'brought back'} ${thing}`;
  return changeWords(changesOf(entry).filter(isTold), thing, around);
}

/** Who did it stands at the beginning of the sentence. */
const isTold = ({ column }: AuditChange): boolean => !column.endsWith('_by');

/** Values up to this length stand in the sentence; longer ones below it. */
const SHORT = 60;

function changeWords(changes: readonly AuditChange[], thing: string, around: Surroundings): string {
  const [only, second] = changes;
  if (!only) return `changed ${thing}`;
  if (second) {
    const columns = new Set(changes.map(({ column }) => columnWords(column)));
    return `changed ${inWords([...columns])} of ${thing}`;
  }
  const [before, after] = [only.before, only.after].map((value) => valueWords(only.column, value, around));
  const words = `changed the ${columnWords(only.column)} of ${thing}`;
  if (before === undefined || after === undefined || before.length + after.length > SHORT) return words;
  return before === 'nothing' ? `${words} to ${after}` : `${words} from ${before} to ${after}`;
}

/** `a`, `a and b`, `a, b and c`; a long list ends with how many more there are. */
export function inWords(items: readonly string[]): string {
  const shown = items.length > 4 ? [...items.slice(0, 3), `${items.length - 3} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

const VOWEL = /^[aeio]/i;

/** The row, with its name where it has one, and whose it is. */
function thingOf(entry: AuditEntry, around: Surroundings): string {
  const noun = nounOf(entry.table);
  if (entry.table === 'tenants') return 'the company';
  const name = subjectOf(entry, around);
  if (entry.table === 'memberships' && name !== null) return name;
  const thing = name === null ? `${VOWEL.test(noun) ? 'an' : 'a'} ${noun}` : `the ${noun} ${name}`;
  const owner = ownerOf(entry, around);
  return owner === null ? thing : `${thing} of ${owner}`;
}

/** Columns that name a row which has no name. */
const NAMING = ['e164', 'email', 'label', 'line1', 'description', 'account_sid_last4'] as const;

function subjectOf(entry: AuditEntry, around: Surroundings): string | null {
  const known = around.names.get(entry.rowId) ?? entry.subject;
  if (known !== null) return known;
  const values = { ...entry.oldValues, ...entry.newValues };
  const column = NAMING.find((each) => typeof values[each] === 'string' && values[each] !== '');
  return column === undefined ? null : valueWords(column, values[column], around);
}

/** The contact that the row belongs to, where the change says so. */
function ownerOf({ oldValues, newValues }: AuditEntry, { names }: Surroundings): string | null {
  const id = newValues?.contact_id ?? oldValues?.contact_id;
  return typeof id === 'string' ? (names.get(id) ?? null) : null;
}
