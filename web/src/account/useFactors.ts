import { useCallback, useEffect, useState } from 'react';
import { toFailure, type Failure } from '@/lib/failure';
import { fetchFactors } from './accountRepository';
import type { Factor } from './factorModel';

interface FactorState {
  /** Null until they are known. */
  factors: readonly Factor[] | null;
  failure: Failure | null;
}

/** The person's second factors, and the function that asks for them again. */
export function useFactors(): FactorState & { load: () => Promise<void> } {
  const [state, setState] = useState<FactorState>({ factors: null, failure: null });
  const load = useCallback(async () => {
    try {
      setState({ factors: await fetchFactors(), failure: null });
    } catch (error) {
      setState({ factors: null, failure: toFailure(error) });
    }
  }, []);
  useEffect(() => {
    // The state changes when the answer is there.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    void load();
  }, [load]);
  return { ...state, load };
}
