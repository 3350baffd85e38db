import { BellOff, BellRing } from 'lucide-react';
import type { Phone } from './cardModel';

/** Whether the number may be texted, where somebody said so. */
export function ConsentMark({ phone }: { phone: Pick<Phone, 'transactional' | 'marketing'> }) {
  if (phone.transactional === 'revoked') {
    return (
      <span className="inline-flex items-center gap-1 text-xs font-medium text-warning">
        <BellOff aria-hidden className="size-3.5" />
        Opted out of texts
      </span>
    );
  }
  if (phone.marketing !== 'granted') return null;
  return (
    <span className="inline-flex items-center gap-1 text-xs text-muted-foreground">
      <BellRing aria-hidden className="size-3.5 text-success" />
      Marketing too
    </span>
  );
}
