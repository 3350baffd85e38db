import { useEffect, useState } from 'react';
import { fetchOrganizationName, searchOrganizations, type Organization } from './organizationRepository';

/** So long after the last key the database is asked. In milliseconds. */
const PAUSE = 150;

/** The name of an organization whose id is known; null while it is not. An empty id is none. */
export function useOrganizationName(id: string): string | null {
  const [known, setKnown] = useState<{ id: string; name: string | null }>({ id: '', name: null });
  useEffect(() => {
    if (id === '') return;
    let current = true;
    fetchOrganizationName(id).then(
      (name) => current && setKnown({ id, name }),
      (error: unknown) => console.warn('could not load the organization', error),
    );
    return () => {
      current = false;
    };
  }, [id]);
  return known.id === id ? known.name : null;
}

/** Organizations for what is typed; an answer that was overtaken is dropped. */
export function useOrganizationSearch(typed: string): readonly Organization[] {
  const [found, setFound] = useState<readonly Organization[]>([]);
  useEffect(() => {
    if (typed.trim() === '') return;
    let current = true;
    const timer = setTimeout(() => {
      searchOrganizations(typed).then(
        (organizations) => current && setFound(organizations),
        (error: unknown) => console.warn('could not search organizations', error),
      );
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed]);
  return found;
}
