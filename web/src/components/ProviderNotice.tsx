import type { Failure } from '@/lib/failure';
import { FailureNotice } from './FailureNotice';
import { Notice } from './Notice';

/** What went wrong on the way to Stripe. A server without a Stripe key is no fault of the person's, nor a passing one. */
export function ProviderNotice({ failure }: { failure: Failure | null }) {
  if (failure?.code !== 'payments_not_configured') return <FailureNotice failure={failure} />;
  return (
    <Notice tone="warning">
      This FieldLite server has no Stripe key yet. Whoever runs it can add one; then this works.
    </Notice>
  );
}
