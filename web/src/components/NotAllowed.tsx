import { Lock } from 'lucide-react';
import { EmptyState } from './EmptyState';

/** A place that the person's role does not include. */
export function NotAllowed({ place }: { place: string }) {
  return (
    <EmptyState icon={Lock} level={1} title={`${place} is not part of your role`}>
      An owner or manager of your company can change what you see.
    </EmptyState>
  );
}
