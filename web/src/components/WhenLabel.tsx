import { fullWhen, shortWhen } from '@/lib/when';
import { useNow } from '@/lib/useNow';
import { usePlace } from '@/session/companyStore';

/** How long ago, with the whole date and time behind it. */
export function WhenLabel({ at, className }: { at: string; className?: string }) {
  const place = usePlace();
  const now = useNow();
  return (
    <time dateTime={at} title={fullWhen(at, place)} className={className}>
      {shortWhen(at, now, place)}
    </time>
  );
}
