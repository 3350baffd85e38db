import type { Failure } from '@/lib/failure';
import { Notice } from './Notice';

/** What went wrong with a form, with the reference for support when something of ours failed. */
export function FailureNotice({ failure }: { failure: Failure | null }) {
  if (!failure) return null;
  return (
    <Notice tone="error">
      <p>{failure.message}</p>
      {failure.kind === 'broken' && <Reference failure={failure} />}
    </Notice>
  );
}

export function Reference({ failure }: { failure: Failure }) {
  return (
    <p className="mt-1 text-xs text-muted-foreground">
      Reference for support: <code className="font-mono select-all">{failure.reference ?? failure.code}</code>
    </p>
  );
}
