import { Money } from '@/components/Money';
import { cn } from '@/lib/cn';
import { fullWhen } from '@/lib/when';
import { usePlace } from '@/session/companyStore';
import type { InvoiceMoney, PaymentEvent } from './paymentModel';
import { disputeReasonWords, eventBadgeOf } from './paymentWords';

const TONES = {
  quiet: 'text-muted-foreground',
  good: 'text-success',
  bad: 'text-destructive',
  unsure: 'text-warning',
} as const;

/** Every step that a payment, a refund or a dispute took; nothing of it is ever removed. */
export function PaymentHistory({ money }: { money: InvoiceMoney }) {
  const currencies = new Map(money.payments.map(({ id, currency }) => [id, currency]));
  return (
    <section aria-labelledby="history" className="rounded-lg border bg-card">
      <h2 id="history" className="px-5 pt-4 pb-2 text-base font-semibold">
        History
      </h2>
      <ol role="list" className="grid gap-3 px-5 pb-5 text-sm">
        {money.events.map((event) => (
          <EventLine key={event.id} event={event} currency={currencies.get(event.paymentId) ?? 'USD'} />
        ))}
      </ol>
    </section>
  );
}

function EventLine({ event, currency }: { event: PaymentEvent; currency: string }) {
  const place = usePlace();
  const badge = eventBadgeOf(event);
  const detail = event.kind === 'dispute' ? disputeReasonWords(event.detail) : event.detail;
  return (
    <li className="flex gap-3">
      <badge.icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', TONES[badge.tone])} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-2">
          <span className="font-medium">{badge.word}</span>
          {event.amountCents !== null && <Money cents={event.amountCents} currency={currency} />}
          <time dateTime={event.createdAt} className="text-muted-foreground tabular-nums sm:ml-auto">
            {fullWhen(event.createdAt, place)}
          </time>
        </p>
        {detail && <p className="[overflow-wrap:anywhere] text-muted-foreground">{detail}</p>}
      </div>
    </li>
  );
}
