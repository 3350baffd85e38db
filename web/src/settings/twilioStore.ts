import { useEffect } from 'react';
import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import type { TwilioSettings } from './twilioModel';
import { fetchTwilioSettings } from './twilioRepository';

export interface TwilioState {
  status: 'unknown' | 'ready' | 'failed';
  settings: TwilioSettings | null;
  failure: Failure | null;
}

const START: TwilioState = { status: 'unknown', settings: null, failure: null };

export const useTwilio = create<TwilioState>(() => START);

const { getState, setState } = useTwilio;
let loading: Promise<void> | null = null;

export function loadTwilio(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  try {
    setTwilio(await fetchTwilioSettings());
  } catch (error) {
    if (getState().status !== 'ready') setState({ status: 'failed', failure: toFailure(error) });
  }
}

export function setTwilio(settings: TwilioSettings | null): void {
  setState({ status: 'ready', settings, failure: null });
}

/** Whether texting is set up, for those who may ask; others learn it from a refusal. */
export function useTwilioState(mayAsk: boolean): 'unknown' | 'missing' | 'connected' {
  const { status, settings } = useTwilio();
  useEffect(() => {
    if (mayAsk && useTwilio.getState().status === 'unknown') void loadTwilio();
  }, [mayAsk]);
  if (!mayAsk || status !== 'ready') return 'unknown';
  return settings ? 'connected' : 'missing';
}

onSessionEnd(() => setState(START));
