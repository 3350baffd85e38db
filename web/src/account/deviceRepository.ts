import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import { decodeDevice, type Device } from './deviceModel';

/** Where the person is signed in, this device first. */
export async function fetchDevices(): Promise<Device[]> {
  return asList(await answerOf(getClient().rpc('my_devices')), decodeDevice);
}

/** Ends the log-in of one device, at once. */
export async function endDevice(id: string): Promise<void> {
  await answerOf(getClient().rpc('end_sessions', { p_scope: 'one', p_session: id }));
}

/** Ends the log-ins of all devices but this one, at once. */
export async function endOtherDevices(): Promise<void> {
  await answerOf(getClient().rpc('end_sessions', { p_scope: 'others' }));
}
