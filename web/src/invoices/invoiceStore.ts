import { create } from 'zustand';
import type { Change } from '@/database/changeModel';
import { emptyWindow, extendRows, hear, replaceRows, type LiveWindow } from '@/database/liveWindow';
import { DecodeError } from '@/lib/decode';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import { isShown, type Filter } from './filterModel';
import { byCreation, decodeInvoice, type Invoice } from './invoiceModel';
import { countOverdue, fetchInvoices } from './invoiceRepository';

const PAGE = 50;
/** The Data API answers with at most 1,000 rows. */
const MOST = 1_000;

interface InvoiceState {
  /** One list at a time: that of the chosen filter. */
  filter: Filter;
  window: LiveWindow<Invoice>;
  status: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  loadingMore: boolean;
  /** Of the whole company; null until it is known. */
  overdue: number | null;
  /** Where the list was scrolled to, for coming back. In pixels. */
  scroll: number;
}

const START: InvoiceState = {
  filter: 'all',
  window: emptyWindow(),
  status: 'loading',
  failure: null,
  loadingMore: false,
  overdue: null,
  scroll: 0,
};

export const useInvoices = create<InvoiceState>(() => START);

const { getState, setState } = useInvoices;

/** Shows the list of a filter: what is known of it at once, the truth in a moment. */
export async function openInvoices(filter: Filter): Promise<void> {
  if (filter !== getState().filter) setState(({ overdue }) => ({ ...START, filter, overdue }));
  await refreshInvoices();
}

/** Asks for the whole window again. */
export async function refreshInvoices(): Promise<void> {
  const askedAt = performance.now();
  const { filter, window } = getState();
  const limit = Math.min(MOST, Math.max(PAGE, window.rows.length));
  try {
    const [page, overdue] = await Promise.all([fetchInvoices(filter, limit), countOverdue()]);
    if (getState().filter !== filter) return;
    setState((state) => ({
      window: replaceRows(state.window, { ...page, askedAt }, byCreation),
      overdue,
      status: 'ready',
      failure: null,
    }));
  } catch (error) {
    // A list that is on screen stays; the connection line says that it may be old.
    if (getState().status !== 'ready') setState({ status: 'failed', failure: toFailure(error) });
  }
}

export async function loadMoreInvoices(): Promise<void> {
  const { filter, window, loadingMore, status } = getState();
  if (loadingMore || window.complete || status !== 'ready') return;
  setState({ loadingMore: true });
  try {
    const page = await fetchInvoices(filter, PAGE, window.rows.at(-1));
    if (getState().filter !== filter) return;
    setState((state) => ({ window: extendRows(state.window, page, byCreation) }));
  } catch (error) {
    console.warn('could not load more invoices', error);
  } finally {
    setState({ loadingMore: false });
  }
}

/** A live event: the row takes its place, or leaves a list that it no longer belongs to. */
export function hearInvoice(change: Change): void {
  const invoice = readInvoice(change);
  if (!invoice) {
    void refreshInvoices();
    return;
  }
  setState(({ window, filter }) => ({
    window: isShown(invoice, filter)
      ? hear(window, invoice, byCreation, performance.now())
      : withoutOlder(window, invoice),
  }));
}

/** Null for a deletion, and for a row that this build cannot read: something changed, that much is known. */
function readInvoice(change: Change): Invoice | null {
  if (change.operation === 'delete' || change.row === null) return null;
  try {
    return decodeInvoice(change.row);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return null;
  }
}

function withoutOlder(window: LiveWindow<Invoice>, { id, version }: Invoice): LiveWindow<Invoice> {
  return { ...window, rows: window.rows.filter((row) => row.id !== id || row.version > version) };
}

export function keepScroll(scroll: number): void {
  setState({ scroll });
}

onSessionEnd(() => setState(START));
