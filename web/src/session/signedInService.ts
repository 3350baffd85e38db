import { toFailure } from '@/lib/failure';
import { callService, fetchServiceFile, type ServiceRequest } from '@/lib/serviceApi';
import { getAccessToken, renewAccessToken } from './session';

/** A call of our service on behalf of the signed-in person. */
export function callAsPerson(request: Omit<ServiceRequest, 'accessToken'>): Promise<unknown> {
  return asPerson((accessToken) => callService({ ...request, accessToken }));
}

/** A file of our service, fetched on behalf of the signed-in person. */
export function fetchFileAsPerson(path: string): Promise<Blob> {
  return asPerson((accessToken) => fetchServiceFile({ method: 'GET', path, accessToken }));
}

/** A token that the service refuses is renewed once. */
async function asPerson<Answer>(ask: (accessToken: string) => Promise<Answer>): Promise<Answer> {
  try {
    return await ask(await getAccessToken());
  } catch (error) {
    if (toFailure(error).kind !== 'signed-out') throw error;
    return ask(await renewAccessToken());
  }
}
