import { useState } from 'react';
import { toFailure, type Failure } from './failure';

export interface Action {
  busy: boolean;
  failure: Failure | null;
  /** Runs the work unless it runs already; true when it went well. */
  run: (work: () => Promise<void>) => Promise<boolean>;
}

/** The state of one thing that a person started: at work, done, or failed with a reason. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (work: () => Promise<void>) => {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(toFailure(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run };
}
