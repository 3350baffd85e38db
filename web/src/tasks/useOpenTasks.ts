import { useCallback, useEffect, useState } from 'react';
import { onChange } from '@/database/changes';
import { useLoaded } from '@/database/useLoaded';
import type { Failure } from '@/lib/failure';
import { useCompany } from '@/session/companyStore';
import { fetchOpenTasks, type TaskList } from './taskRepository';

const PAGE = 200;

interface OpenTasks {
  /** Undefined until it is known. */
  list: TaskList | undefined;
  failure: Failure | null;
  load: () => Promise<void>;
  showMore: () => void;
}

/** The open tasks of the person or of everybody, kept true while they are on screen. */
export function useOpenTasks(ofEverybody: boolean): OpenTasks {
  const { userId } = useCompany();
  const [limit, setLimit] = useState(PAGE);
  const ask = useCallback(
    async () => ({ ofEverybody, list: await fetchOpenTasks(ofEverybody ? null : userId, limit) }),
    [ofEverybody, userId, limit],
  );
  const { value, failure, load } = useLoaded(ask);
  useEffect(() => onChange('task_list', () => void load()), [load]);
  // The other choice's tasks are no answer to this one.
  const list = value?.ofEverybody === ofEverybody ? value.list : undefined;
  return { list, failure, load, showMore: () => setLimit(limit + PAGE) };
}
