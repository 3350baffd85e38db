import { create } from 'zustand';

export interface ConnectionState {
  /** The browser's own opinion; `true` proves nothing, `false` is certain. */
  online: boolean;
  /** Whether live events arrive. */
  feed: 'joining' | 'live' | 'lost';
  /** Live again, and asking for what was missed. */
  catchingUp: boolean;
}

export const useConnection = create<ConnectionState>(() => ({
  online: navigator.onLine,
  feed: 'joining',
  catchingUp: false,
}));

export function setFeed(feed: ConnectionState['feed']): void {
  const wasLost = useConnection.getState().feed === 'lost';
  useConnection.setState(feed === 'live' && wasLost ? { feed, catchingUp: true } : { feed });
}

export function setCatchingUp(catchingUp: boolean): void {
  useConnection.setState({ catchingUp });
}

window.addEventListener('online', () => useConnection.setState({ online: true }));
window.addEventListener('offline', () => useConnection.setState({ online: false }));
