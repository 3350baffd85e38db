/** Relations that are not a company's own; all others have a column `tenant_id`. */
const OF_NO_COMPANY = new Set(['tenants', 'user_profiles', 'plans']);

const RELATION = /\/rest\/v1\/(?<relation>\w+)$/;

let current: string | null = null;

/** Reads name this company from now on; null when none is open. */
export function nameCompany(tenantId: string | null): void {
  current = tenantId;
}

/**
 * The address of a request, with the company where it reads a company's rows. The database shows no others anyway; but
 * told which, it knows how many rows to expect and walks the list's index (docs/adr/0006).
 */
export function namingCompany(address: string, method: string, tenantId = current): string {
  if (tenantId === null || (method !== 'GET' && method !== 'HEAD')) return address;
  const url = new URL(address);
  const relation = RELATION.exec(url.pathname)?.groups?.relation;
  if (relation === undefined || OF_NO_COMPANY.has(relation) || url.searchParams.has('tenant_id'))
    return address;
  // Appended as text: what is there already stays written as the client library wrote it.
  return `${address}${url.search === '' ? '?' : '&'}tenant_id=eq.${tenantId}`;
}
