import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text, textOrNull } from '@/lib/decode';

export interface Organization {
  id: string;
  name: string;
}

const MOST = 8;

function decodeOrganization(value: unknown): Organization {
  const row = asFields(value);
  return { id: text(row, 'id'), name: text(row, 'name') };
}

/** Organizations whose name contains what was typed. */
export async function searchOrganizations(typed: string): Promise<Organization[]> {
  // In a pattern of LIKE, what was typed stands for itself.
  const pattern = `%${typed.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const query = getClient()
    .from('organizations')
    .select('id, name')
    .is('deleted_at', null)
    .ilike('name', pattern)
    .order('name')
    .limit(MOST);
  return asList(await answerOf(query), decodeOrganization);
}

/** Its name; null when it is gone. */
export async function fetchOrganizationName(id: string): Promise<string | null> {
  const row = await answerOf(getClient().from('organizations').select('name').eq('id', id).maybeSingle());
  return row === null ? null : textOrNull(asFields(row), 'name');
}
