import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import type { StripeAccount } from './stripeModel';
import { fetchStripeAccount } from './stripeRepository';

export interface StripeState {
  status: 'unknown' | 'ready' | 'failed';
  /** Null: none is connected. */
  account: StripeAccount | null;
  failure: Failure | null;
}

const START: StripeState = { status: 'unknown', account: null, failure: null };

export const useStripe = create<StripeState>(() => START);

const { getState, setState } = useStripe;
let loading: Promise<void> | null = null;

export function loadStripe(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  try {
    setStripe(await fetchStripeAccount());
  } catch (error) {
    if (getState().status !== 'ready') setState({ status: 'failed', failure: toFailure(error) });
  }
}

export function setStripe(account: StripeAccount | null): void {
  setState({ status: 'ready', account, failure: null });
}

onSessionEnd(() => setState(START));
