import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text } from '@/lib/decode';
import { dayAfter, type AuditFilter } from './auditFilter';
import { decodeEntry, mentionedIds, type AuditEntry, type Names } from './auditModel';

export interface AuditPage {
  entries: AuditEntry[];
  /** Of the rows that the entries mention. */
  names: Names;
  /** Whether the oldest entry of all is among them. */
  complete: boolean;
}

export interface AuditQuestion {
  filter: AuditFilter;
  /** The company's; days begin there. */
  timeZone: string;
  limit: number;
  /** Only what is older than this line. */
  below?: number | undefined;
}

/** The newest entries of a filter, with the names of what they mention. */
export async function fetchAudit(question: AuditQuestion): Promise<AuditPage> {
  const entries = asList(await answerOf(entriesOf(question)), decodeEntry);
  const names = await fetchNames(entries);
  return { entries, names, complete: entries.length < question.limit };
}

function entriesOf({ filter, timeZone, limit, below }: AuditQuestion) {
  const { personId, table, action, from, to, rowId } = filter;
  let query = getClient().from('audit_list').select('*');
  if (personId !== '') query = query.eq('actor_id', personId);
  if (table !== '') query = query.eq('table_name', table);
  if (action !== '') query = query.eq('action', action);
  if (rowId !== '') query = query.eq('row_id', rowId);
  // PostgreSQL reads the zone behind a time; it knows when a day begins there.
  if (from !== '') query = query.gte('at', `${from} 00:00 ${timeZone}`);
  if (to !== '') query = query.lt('at', `${dayAfter(to)} 00:00 ${timeZone}`);
  if (below !== undefined) query = query.lt('line', below);
  return query.order('line', { ascending: false }).limit(limit);
}

type Asked = PromiseLike<Parameters<typeof answerOf>[0] extends PromiseLike<infer Answer> ? Answer : never>;

/** How the rows of a table are asked for their names; what has no name is not asked. */
const NAMED: Readonly<Record<string, (ids: string[]) => Asked>> = {
  contacts: (ids) => getClient().from('contacts').select('id, name').in('id', ids),
  organizations: (ids) => getClient().from('organizations').select('id, name').in('id', ids),
  tags: (ids) => getClient().from('tags').select('id, name').in('id', ids),
  custom_fields: (ids) => getClient().from('custom_fields').select('id, name:label').in('id', ids),
  invitations: (ids) => getClient().from('invitations').select('id, name:display_name').in('id', ids),
  invoices: (ids) => getClient().from('invoices').select('id, name:number').in('id', ids),
  tasks: (ids) => getClient().from('tasks').select('id, name:title').in('id', ids),
  phone_numbers: (ids) => getClient().from('phone_numbers').select('id, name:label').in('id', ids),
};

async function fetchNames(entries: readonly AuditEntry[]): Promise<Names> {
  const asked = [...mentionedIds(entries)].map(async ([table, ids]) => {
    const ask = NAMED[table];
    return ask ? asList(await answerOf(ask([...ids])), decodeName) : [];
  });
  const found = await Promise.all([fetchPeople(), ...asked]);
  return new Map(found.flat().filter((pair) => pair !== null));
}

/** Invoices are named by a number. A draft has none yet, and a contact may have no name. */
function decodeName(value: unknown): [string, string] | null {
  const row = asFields(value);
  const { name } = row;
  if (typeof name === 'number') return [text(row, 'id'), String(name)];
  return typeof name === 'string' ? [text(row, 'id'), name] : null;
}

/** The team, by membership and by person. */
async function fetchPeople(): Promise<[string, string][]> {
  const rows = asList(
    await answerOf(getClient().from('member_list').select('id, user_id, display_name')),
    asFields,
  );
  return rows.flatMap((row): [string, string][] => [
    [text(row, 'id'), text(row, 'display_name')],
    [text(row, 'user_id'), text(row, 'display_name')],
  ]);
}
