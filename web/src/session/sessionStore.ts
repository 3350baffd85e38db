import { create } from 'zustand';
import type { User } from './sessionModel';

export interface SessionState {
  status: 'starting' | 'signed-out' | 'signed-in' | 'unreachable';
  user: User | null;
  /** Signed in with the first factor only: the second is asked for before anything else. */
  needsSecondFactor: boolean;
  /** How the last session on this page ended: one that expired is gone on with, one that was left is not. */
  end: 'expired' | 'left' | null;
}

export const useSession = create<SessionState>(() => ({
  status: 'starting',
  user: null,
  needsSecondFactor: false,
  end: null,
}));

type Listener = () => void;
const endListeners = new Set<Listener>();

/** Stores that hold a person's data empty themselves when that person's session is over. */
export function onSessionEnd(listener: Listener): void {
  endListeners.add(listener);
}

export function tellSessionEnd(): void {
  for (const listener of endListeners) listener();
}
