import { useEffect } from 'react';
import { onChange } from './changes';
import { useRefresher } from './freshness';

/** Loads now, when one of these tables changes, and whenever what is visible may be old. `load` must not change. */
export function useLiveQuery(load: () => Promise<void>, ...tables: string[]): void {
  useRefresher(load);
  const names = tables.join(' ');
  useEffect(() => {
    void load();
    const stops = names.split(' ').map((table) => onChange(table, () => void load()));
    return () => {
      for (const stop of stops) stop();
    };
  }, [load, names]);
}
