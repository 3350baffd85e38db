import { useCallback, useEffect, useRef } from 'react';
import { onChange } from '@/database/changes';
import { useLoaded } from '@/database/useLoaded';
import { announce } from '@/lib/announcer';
import { throttled } from '@/lib/throttled';
import type { Failure } from '@/lib/failure';
import { badgeOf, type ContactImport } from './importModel';
import { fetchImport } from './importRepository';

/** Each batch of a running import is told of; a progress bar needs no more than this. */
const PACE = 500;

interface LiveImport {
  /** Undefined until it is known; null when there is no such import. */
  item: ContactImport | null | undefined;
  failure: Failure | null;
  load: () => Promise<void>;
}

/** One import, followed while the worker works on it. */
export function useImport(id: string): LiveImport {
  const ask = useCallback(() => fetchImport(id), [id]);
  const { value: item, failure, load } = useLoaded(ask);
  useEffect(() => {
    const reload = throttled(() => void load(), PACE);
    return onChange('imports', (change) => {
      if (change.id === id) reload();
    });
  }, [id, load]);
  useAnnouncedStatus(item);
  return { item, failure, load };
}

/** A screen reader hears of each step, not of each row. */
function useAnnouncedStatus(item: ContactImport | null | undefined): void {
  const words = item ? `${item.name}: ${badgeOf(item).word}` : undefined;
  const known = useRef(words);
  useEffect(() => {
    if (known.current !== undefined && words !== undefined && words !== known.current) announce(words);
    known.current = words;
  }, [words]);
}
