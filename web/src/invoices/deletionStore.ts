import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import { deleteInvoice } from './invoiceRepository';
import { refreshInvoices } from './invoiceStore';

/**
 * A draft that is being deleted. It leaves the screen at once and the database a few seconds later, so that a slip can
 * be taken back; a page that is closed in between leaves it where it was.
 */
interface DeletionState {
  pending: string | null;
  failure: Failure | null;
}

export const UNDO_MILLISECONDS = 6_000;

export const useDeletion = create<DeletionState>(() => ({ pending: null, failure: null }));

const { getState, setState } = useDeletion;
let timer: ReturnType<typeof setTimeout> | undefined;

export function deleteSoon(id: string): void {
  void finishNow();
  setState({ pending: id, failure: null });
  timer = setTimeout(() => void finishNow(), UNDO_MILLISECONDS);
}

export function undoDeletion(): void {
  clearTimeout(timer);
  setState({ pending: null });
}

async function finishNow(): Promise<void> {
  clearTimeout(timer);
  const { pending } = getState();
  if (pending === null) return;
  try {
    await deleteInvoice(pending);
    await refreshInvoices();
  } catch (error) {
    setState({ failure: toFailure(error) });
  }
  setState((state) => (state.pending === pending ? { pending: null } : {}));
}

export const usePendingDeletion = (): string | null => useDeletion((state) => state.pending);

export function dismissFailure(): void {
  setState({ failure: null });
}

onSessionEnd(() => {
  clearTimeout(timer);
  setState({ pending: null, failure: null });
});
