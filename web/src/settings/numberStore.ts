import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import { fetchNumbers, type CompanyNumber } from './numberRepository';

export interface NumberState {
  status: 'loading' | 'ready' | 'failed';
  numbers: readonly CompanyNumber[];
  failure: Failure | null;
}

const START: NumberState = { status: 'loading', numbers: [], failure: null };

export const useNumbers = create<NumberState>(() => START);

const { getState, setState } = useNumbers;

export async function loadNumbers(): Promise<void> {
  try {
    setState({ status: 'ready', numbers: await fetchNumbers(), failure: null });
  } catch (error) {
    if (getState().status !== 'ready') setState({ status: 'failed', failure: toFailure(error) });
  }
}

onSessionEnd(() => setState(START));
