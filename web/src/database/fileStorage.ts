import { getConfig } from '@/lib/config';
import { asFields, asList, text, textOrNull } from '@/lib/decode';
import { broken, Failure, offline, signedOut } from '@/lib/failure';
import { getAccessToken } from '@/session/session';
import { getClient } from './client';

/** The door to Supabase Storage: the private bucket of a company's files. */
const BUCKET = 'attachments';

/** How long a signed address works, in seconds. */
const LIFETIME = 300;

/**
 * Uploads a file, telling the share that has gone up (0 to 1). Done with XMLHttpRequest: fetch tells no progress. A file
 * that is there already, from a try whose answer was lost, is success.
 */
export async function uploadFile(
  path: string,
  file: Blob,
  mimeType: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const { supabaseUrl, publishableKey } = getConfig();
  const token = await getAccessToken();
  const request = new XMLHttpRequest();
  request.open('POST', `${supabaseUrl}/storage/v1/object/${BUCKET}/${path}`);
  request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.setRequestHeader('apikey', publishableKey);
  request.setRequestHeader('Content-Type', mimeType);
  request.upload.addEventListener('progress', ({ loaded, total }) => total > 0 && onProgress(loaded / total));
  await new Promise<void>((resolve, reject) => {
    request.addEventListener('load', () => {
      const failure = refusalOf(request.status, request.responseText);
      if (failure) reject(failure);
      else resolve();
    });
    request.addEventListener('error', () => reject(offline()));
    request.addEventListener('abort', () => reject(offline()));
    request.send(file);
  });
}

/** Storage answers 400 with the real status in the body, as texts. Null for success. */
function refusalOf(status: number, body: string): Failure | null {
  if (status < 300) return null;
  const { code, error } = readError(body);
  const meant = code ?? String(status);
  if (meant === '409' || error === 'Duplicate') return null;
  if (meant === '401') return signedOut();
  if (meant === '413') return new Failure('refused', 'That file is too large.', 'too_large');
  if (meant === '415') return new Failure('refused', 'Files of that kind can’t be kept here.', 'bad_type');
  if (meant === '403') return new Failure('refused', 'Your role does not allow that.', 'not_allowed');
  return broken('storage', meant);
}

/** A proxy in between may answer with a page of its own: then nothing is known. */
function readError(body: string): { code: string | null; error: string | null } {
  try {
    const fields = asFields(JSON.parse(body));
    return { code: textOrNull(fields, 'statusCode'), error: textOrNull(fields, 'error') };
  } catch {
    return { code: null, error: null };
  }
}

/** Addresses at which pictures can be seen for a few minutes, by path; a path without a file is left out. */
export async function signPreviews(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const { data, error } = await getClient()
    .storage.from(BUCKET)
    .createSignedUrls([...paths], LIFETIME);
  if (error) throw broken('storage', error.message);
  const signed = asList(data, (value) => {
    const row = asFields(value);
    return [textOrNull(row, 'path'), textOrNull(row, 'signedUrl')] as const;
  });
  return new Map(
    signed.filter((pair): pair is readonly [string, string] => pair[0] !== null && Boolean(pair[1])),
  );
}

/** An address that downloads the file under a name for people, for a few minutes. */
export async function signDownload(path: string, name: string): Promise<string> {
  const { data, error } = await getClient()
    .storage.from(BUCKET)
    .createSignedUrl(path, LIFETIME, { download: name });
  if (error) throw broken('storage', error.message);
  return text(asFields(data), 'signedUrl');
}
