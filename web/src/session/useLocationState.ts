import { useLocation } from 'react-router';

/** A text that the page before handed over, such as the address that somebody typed there; null without it. */
export function useLocationState(name: string): string | null {
  const state: unknown = useLocation().state;
  if (typeof state !== 'object' || state === null) return null;
  const value: unknown = Reflect.get(state, name);
  return typeof value === 'string' ? value : null;
}
