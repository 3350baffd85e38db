import { asFields, textOrNull, type Fields } from './decode';
import { broken, Failure, offline, signedOut } from './failure';

export interface ServiceRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1/`. */
  path: string;
  body?: Record<string, unknown>;
  /** Instead of a body: fields and a file. */
  form?: FormData;
  accessToken?: string;
}

/** One call of our own service: its JSON answer (null for 202 and 204), or a thrown Failure. */
export async function callService(request: ServiceRequest): Promise<unknown> {
  const response = await send(request);
  if (!response.ok) throw await readProblem(response);
  return response.status === 204 ? null : readJson(response);
}

/** A file that our own service answers with. */
export async function fetchServiceFile(request: ServiceRequest): Promise<Blob> {
  const response = await send(request);
  if (!response.ok) throw await readProblem(response);
  try {
    return await response.blob();
  } catch {
    // The connection broke in the middle of it.
    throw offline();
  }
}

async function send({ method, path, body, form, accessToken }: ServiceRequest): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body) headers['Content-Type'] = 'application/json';
  if (accessToken) headers.Authorization = `Bearer ${accessToken}`;
  try {
    return await fetch(`/api/v1/${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(form ? { body: form } : {}),
    });
  } catch {
    throw offline();
  }
}

async function readJson(response: Response): Promise<unknown> {
  const body = await response.text();
  return body === '' ? null : (JSON.parse(body) as unknown);
}

async function readProblem(response: Response): Promise<Failure> {
  const problem = await readProblemFields(response);
  const reference = textOrNull(problem, 'request_id') ?? response.headers.get('X-Request-Id');
  const code = textOrNull(problem, 'code') ?? String(response.status);
  if (response.status >= 500) return broken(code, reference);
  if (response.status === 401 && code === 'no_session') return signedOut();
  const words = textOrNull(problem, 'detail') ?? textOrNull(problem, 'title') ?? 'That did not work.';
  return new Failure('refused', words, code, reference);
}

/** A proxy in between may answer with a page of its own: then there are no fields. */
async function readProblemFields(response: Response): Promise<Fields> {
  try {
    return asFields(await readJson(response));
  } catch {
    return {};
  }
}
