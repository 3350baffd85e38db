import { useEffect } from 'react';
import { onChange } from './changes';
import { useLoaded } from './useLoaded';

/** As useLoaded, and asked for again whenever one of these tables changes. `ask` must not change between renders. */
export function useLiveLoaded<Value>(ask: () => Promise<Value>, ...tables: string[]) {
  const loaded = useLoaded(ask);
  const { load } = loaded;
  const names = tables.join(' ');
  useEffect(() => {
    const stops = names.split(' ').map((table) => onChange(table, () => void load()));
    return () => {
      for (const stop of stops) stop();
    };
  }, [load, names]);
  return loaded;
}
