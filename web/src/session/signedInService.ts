import { toFailure } from '@/lib/failure';
import { callService, type ServiceRequest } from '@/lib/serviceApi';
import { getAccessToken, renewAccessToken } from './session';

/** A call of our service on behalf of the signed-in person; a token that it refuses is renewed once. */
export async function callAsPerson(request: Omit<ServiceRequest, 'accessToken'>): Promise<unknown> {
  try {
    return await callService({ ...request, accessToken: await getAccessToken() });
  } catch (error) {
    if (toFailure(error).kind !== 'signed-out') throw error;
    return callService({ ...request, accessToken: await renewAccessToken() });
  }
}
