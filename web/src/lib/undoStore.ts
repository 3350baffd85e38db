import { create } from 'zustand';
import { toFailure, type Failure } from './failure';

/** Something that was just done and can be taken back, such as a deletion. One at a time: the newest. */
export interface Undoable {
  /** What was done, as a sentence: `Rosa Delgado was deleted.` */
  words: string;
  undo: () => Promise<void>;
}

interface UndoState {
  offer: Undoable | null;
  busy: boolean;
  failure: Failure | null;
}

const START: UndoState = { offer: null, busy: false, failure: null };

/** Long enough to read the sentence and to reach the button by keyboard. */
export const OFFER_MILLISECONDS = 10_000;

export const useUndo = create<UndoState>(() => START);

const { getState, setState } = useUndo;
let timer: ReturnType<typeof setTimeout> | undefined;

export function offerUndo(offer: Undoable): void {
  setState({ ...START, offer });
  clearTimeout(timer);
  timer = setTimeout(withdrawUndo, OFFER_MILLISECONDS);
}

/** Says what could not be done in the background, where no form is left to say it. */
export function showFailure(error: unknown): void {
  clearTimeout(timer);
  setState({ ...START, failure: toFailure(error) });
}

export function withdrawUndo(): void {
  clearTimeout(timer);
  setState(START);
}

export async function takeBack(): Promise<void> {
  const { offer, busy } = getState();
  if (!offer || busy) return;
  clearTimeout(timer);
  setState({ busy: true });
  try {
    await offer.undo();
    setState((state) => (state.offer === offer ? START : state));
  } catch (error) {
    setState((state) => (state.offer === offer ? { ...START, failure: toFailure(error) } : state));
  }
}
