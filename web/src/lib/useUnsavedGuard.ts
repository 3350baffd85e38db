import { useCallback, useRef } from 'react';
import { useBlocker, type Blocker } from 'react-router';
import { useLeaveGuard } from './useLeaveGuard';

interface UnsavedGuard {
  /** Blocked while the person decides; LeaveDialog asks them. */
  blocker: Blocker;
  /** What was unsaved is saved or given up: the next page may come. */
  letGo: () => void;
}

/** Holds back whoever leaves a form in which something is unsaved: to another page, or out of the window. */
export function useUnsavedGuard(active: boolean): UnsavedGuard {
  const free = useRef(false);
  useLeaveGuard(active);
  const blocker = useBlocker(
    useCallback(
      ({ currentLocation, nextLocation }) =>
        active && !free.current && currentLocation.pathname !== nextLocation.pathname,
      [active],
    ),
  );
  const letGo = useCallback(() => {
    free.current = true;
  }, []);
  return { blocker, letGo };
}
