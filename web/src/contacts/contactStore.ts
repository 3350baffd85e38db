import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { throttled } from '@/lib/throttled';
import { onSessionEnd } from '@/session/sessionStore';
import type { ContactRow } from './contactModel';
import { fetchContacts, fetchFirst, MOST_AT_ONCE, type Cursor } from './contactRepository';
import { EVERYBODY, isSearching, writeQuery, type ListQuery } from './listModel';

const PAGE = 50;
/** Changes come in bursts (an import, a merge): the list follows them at most so often, in milliseconds. */
const PACE = 1_000;

interface ContactState {
  /** One list at a time: that of the address. */
  query: ListQuery;
  rows: readonly ContactRow[];
  end: Cursor | null;
  complete: boolean;
  /** `loading`: these rows, if there are any, belong to the former question. */
  status: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  loadingMore: boolean;
}

const START: ContactState = {
  query: EVERYBODY,
  rows: [],
  end: null,
  complete: false,
  status: 'loading',
  failure: null,
  loadingMore: false,
};

export const useContacts = create<ContactState>(() => START);

const { getState, setState } = useContacts;

/** Counts the questions: an answer that was overtaken by a later question is dropped. */
let turn = 0;

/** Shows the list of a query: the rows of the former one stay until its own are there, so that nothing flickers. */
export async function openContacts(query: ListQuery): Promise<void> {
  if (writeQuery(query) !== writeQuery(getState().query)) {
    setState({ query, end: null, complete: false, status: 'loading', failure: null });
    scroll = 0;
  }
  await refreshContacts();
}

/** Asks for all rows that are loaded again. */
export async function refreshContacts(): Promise<void> {
  const { query, rows, status } = getState();
  const asked = ++turn;
  // One more than there are: else nobody knows whether these are all.
  const wanted = status === 'ready' ? Math.max(PAGE, rows.length + 1) : PAGE;
  try {
    const page = await fetchFirst(query, wanted);
    if (asked !== turn) return;
    // More was loaded meanwhile: these rows would take it away again.
    if (status === 'ready' && getState().rows.length > wanted) await refreshContacts();
    else setState({ ...page, status: 'ready', failure: null });
  } catch (error) {
    // A list that is on screen stays; the connection line says that it may be old.
    if (asked !== turn || getState().status === 'ready') return;
    setState({ rows: [], status: 'failed', failure: toFailure(error) });
  }
}

export async function loadMoreContacts(): Promise<void> {
  const { query, rows, end, complete, loadingMore, status } = getState();
  if (loadingMore || complete || status !== 'ready' || (isSearching(query) && rows.length >= MOST_AT_ONCE))
    return;
  setState({ loadingMore: true });
  try {
    const more = isSearching(query)
      ? await fetchContacts(query, MOST_AT_ONCE, null)
      : await fetchContacts(query, PAGE, end);
    // Refreshed in between: the next rows are asked for from where the list ends now.
    if (getState().rows !== rows) return;
    setState({
      rows: isSearching(query) ? more.rows : [...rows, ...more.rows],
      end: more.end ?? end,
      complete: more.complete,
    });
  } catch (error) {
    console.warn('could not load more contacts', error);
  } finally {
    setState({ loadingMore: false });
  }
}

/** Something of a contact changed: its place in the list, or whether it has one, only the database knows. */
export const hearContact = throttled(() => void refreshContacts(), PACE);

/** The contact that was opened last: coming back, its row has the focus again. */
let lastOpened: string | null = null;

export function noteOpened(id: string): void {
  lastOpened = id;
}

export function takeLastOpened(): string | null {
  const taken = lastOpened;
  lastOpened = null;
  return taken;
}

/** Where the list was scrolled to, for coming back. In pixels; no state, since nothing is drawn anew for it. */
let scroll = 0;

export function keepScroll(pixels: number): void {
  scroll = pixels;
}

export const keptScroll = (): number => scroll;

onSessionEnd(() => {
  turn += 1;
  lastOpened = null;
  scroll = 0;
  setState(START);
});
