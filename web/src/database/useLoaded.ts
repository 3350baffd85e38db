import { useCallback, useEffect, useRef, useState } from 'react';
import { useRefresher } from './freshness';
import { toFailure, type Failure } from '@/lib/failure';

interface Loaded<Value> {
  /** Undefined until it is known. */
  value: Value | undefined;
  /** Why it could not be loaded the last time; a value that is on screen stays. */
  failure: Failure | null;
}

/**
 * A value that is asked for now, and again whenever what is visible may be old; an answer that was overtaken is dropped.
 * `ask` must not change between renders.
 */
export function useLoaded<Value>(ask: () => Promise<Value>): Loaded<Value> & { load: () => Promise<void> } {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ value: undefined, failure: null });
  const asked = useRef(0);
  const load = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const value = await ask();
      if (turn === asked.current) setLoaded({ value, failure: null });
    } catch (error) {
      if (turn === asked.current) setLoaded((known) => ({ ...known, failure: toFailure(error) }));
    }
  }, [ask]);
  useRefresher(load);
  useEffect(() => void load(), [load]);
  return { ...loaded, load };
}
