import { useEffect } from 'react';
import { setCatchingUp } from './connectionStore';

/**
 * Events may be lost, so what is visible is asked for again after a join, a reconnect and a wake-up, and each minute
 * while the page is visible.
 */
type Refresher = () => Promise<void>;

const EVERY = 60_000;
const refreshers = new Set<Refresher>();
let running: Promise<void> | null = null;
let again = false;

/** Runs a query again whenever what is visible may be out of date. The function must not change between renders. */
export function useRefresher(refresher: Refresher): void {
  useEffect(() => addRefresher(refresher), [refresher]);
}

export function addRefresher(refresher: Refresher): () => void {
  refreshers.add(refresher);
  return () => refreshers.delete(refresher);
}

/** Runs all visible queries again; asked for during a run, once more after it. */
export function refreshAll(): Promise<void> {
  if (running) {
    again = true;
    return running;
  }
  running = runAll().finally(() => {
    running = null;
  });
  return running;
}

async function runAll(): Promise<void> {
  do {
    again = false;
    await Promise.allSettled(Array.from(refreshers, (refresher) => refresher()));
  } while (isAskedAgain());
  setCatchingUp(false);
}

const isAskedAgain = (): boolean => again;

/** Starts the minute and the wake-ups; returns the function that stops them. */
export function watchFreshness(): () => void {
  const whenVisible = () => {
    if (document.visibilityState === 'visible') void refreshAll();
  };
  const timer = setInterval(whenVisible, EVERY);
  document.addEventListener('visibilitychange', whenVisible);
  window.addEventListener('online', whenVisible);
  window.addEventListener('pageshow', whenVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', whenVisible);
    window.removeEventListener('online', whenVisible);
    window.removeEventListener('pageshow', whenVisible);
  };
}
