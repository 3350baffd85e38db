import { asFields } from '@/lib/decode';

const FIELD = 'request_id';

/** The same error with the request's id in it: the client library passes on nothing of an answer but its JSON. */
export async function withRequestId(response: Response, id: string): Promise<Response> {
  const body = await response.text();
  const { status, statusText, headers } = response;
  return new Response(marked(body, id), { status, statusText, headers });
}

function marked(body: string, id: string): string {
  try {
    return JSON.stringify({ ...asFields(JSON.parse(body)), [FIELD]: id });
  } catch {
    // A proxy's page is no JSON; it stays as it is.
    return body;
  }
}

/** What `withRequestId` put into an error. */
export function requestIdOf(error: object): string | null {
  const id: unknown = Reflect.get(error, FIELD);
  return typeof id === 'string' ? id : null;
}
