import { forget, keep, recall } from '@/lib/storage';
import { asFields, text, whole } from '@/lib/decode';
import { safePath } from './sessionModel';

/** Where a person was going when a mail had to be fetched first. Another tab of this browser may open its link. */
const KEY = 'fieldlite.destination';

const HOURS = 24;

export function keepDestination(path: string, now = Date.now()): void {
  keep(KEY, JSON.stringify({ path, at: now }));
}

/** The kept destination, once; the start when there is none, or none of today. */
export function takeDestination(now = Date.now()): string {
  const kept = recall(KEY);
  forget(KEY);
  return kept === null ? '/' : read(kept, now);
}

function read(kept: string, now: number): string {
  try {
    const fields = asFields(JSON.parse(kept));
    return now - whole(fields, 'at') < HOURS * 3_600_000 ? safePath(text(fields, 'path')) : '/';
  } catch {
    // Written by another build.
    return '/';
  }
}
