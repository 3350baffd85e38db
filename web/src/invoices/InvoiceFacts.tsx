import type { ReactNode } from 'react';
import { Money } from '@/components/Money';
import { dayWords } from '@/lib/calendarDay';
import { useNow } from '@/lib/useNow';
import { fullWhen } from '@/lib/when';
import { usePlace } from '@/session/companyStore';
import { customerOf, type Invoice } from './invoiceModel';

/** Who owes what until when. */
export function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const place = usePlace();
  const { currency } = invoice;
  const isDraft = invoice.state === 'draft';
  return (
    <section aria-label="Summary" className="grid gap-5 rounded-lg border bg-card p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="text-xs font-medium text-muted-foreground">Customer</h2>
          <p className="text-lg leading-snug font-semibold break-words">{customerOf(invoice)}</p>
        </div>
        <div className="sm:text-right">
          <h2 className="text-xs font-medium text-muted-foreground">{isDraft ? 'Total' : 'Balance due'}</h2>
          <Money
            cents={isDraft ? invoice.totalCents : invoice.balanceCents}
            currency={currency}
            className="text-2xl leading-tight font-semibold"
          />
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 text-sm sm:grid-cols-3">
        {!isDraft && (
          <>
            <Fact label="Total">
              <Money cents={invoice.totalCents} currency={currency} />
            </Fact>
            <Fact label="Paid">
              <Money cents={invoice.paidCents} currency={currency} />
            </Fact>
          </>
        )}
        {invoice.issuedOn && (
          <Fact label="Issued">
            <Day day={invoice.issuedOn} />
          </Fact>
        )}
        <Fact label="Due">{invoice.dueOn ? <Day day={invoice.dueOn} /> : '14 days after it is issued'}</Fact>
        {invoice.creditCents > 0 && (
          <Fact label="Paid too much">
            <Money cents={invoice.creditCents} currency={currency} />
          </Fact>
        )}
        {!isDraft && (
          <Fact label="Seen by the customer">
            {invoice.viewedAt ? fullWhen(invoice.viewedAt, place) : 'Not yet'}
          </Fact>
        )}
        <Fact label="Payment in parts">{invoice.allowsPartialPayment ? 'Allowed' : 'Not allowed'}</Fact>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5">
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Day({ day }: { day: string }) {
  const place = usePlace();
  const now = useNow();
  return <time dateTime={day}>{dayWords(day, now, place)}</time>;
}
