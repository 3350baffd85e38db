import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import type { Device } from './deviceModel';
import { fetchDevices } from './deviceRepository';

export interface DeviceState {
  status: 'loading' | 'ready' | 'failed';
  devices: readonly Device[];
  failure: Failure | null;
}

const START: DeviceState = { status: 'loading', devices: [], failure: null };

export const useDevices = create<DeviceState>(() => START);

const { getState, setState } = useDevices;

export async function loadDevices(): Promise<void> {
  try {
    setState({ status: 'ready', devices: await fetchDevices(), failure: null });
  } catch (error) {
    if (getState().status !== 'ready') setState({ status: 'failed', failure: toFailure(error) });
  }
}

onSessionEnd(() => setState(START));
