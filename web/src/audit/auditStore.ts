import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import { EVERYTHING, type AuditFilter } from './auditFilter';
import type { AuditEntry, Names } from './auditModel';
import { fetchAudit } from './auditRepository';

interface AuditState {
  filter: AuditFilter;
  timeZone: string;
  status: 'loading' | 'ready' | 'failed';
  /** Newest first, without gaps. */
  entries: readonly AuditEntry[];
  names: Names;
  complete: boolean;
  failure: Failure | null;
}

const START: AuditState = {
  filter: EVERYTHING,
  timeZone: 'UTC',
  status: 'loading',
  entries: [],
  names: new Map(),
  complete: false,
  failure: null,
};

export const useAudit = create<AuditState>(() => START);

const { getState, setState } = useAudit;
const PAGE = 50;
/** An answer to an earlier question is dropped. */
let asked = 0;

/** Shows the newest entries of a filter. */
export async function openAudit(filter: AuditFilter, timeZone: string): Promise<void> {
  setState({ ...START, filter, timeZone });
  await refreshAudit();
}

/** Asks for the newest again. What is on screen stays until they are there. */
export async function refreshAudit(): Promise<void> {
  await ask(undefined);
}

/** Adds older entries at the end. */
export async function showOlder(): Promise<void> {
  await ask(getState().entries.at(-1)?.line);
}

async function ask(below: number | undefined): Promise<void> {
  const turn = ++asked;
  const { filter, timeZone } = getState();
  setState({ status: 'loading', failure: null });
  try {
    const page = await fetchAudit({ filter, timeZone, limit: PAGE, below });
    if (turn !== asked) return;
    setState((known) => ({
      status: 'ready',
      entries: below === undefined ? page.entries : [...known.entries, ...page.entries],
      names: new Map([...known.names, ...page.names]),
      complete: page.complete,
    }));
  } catch (error) {
    if (turn === asked) setState({ status: 'failed', failure: toFailure(error) });
  }
}

onSessionEnd(() => setState(START));
