import { Money } from '@/components/Money';
import type { Invoice } from './invoiceModel';
import type { InvoiceItem } from './itemRepository';

/** What the invoice is for. The total is the database's. */
export function InvoiceItems({ invoice, items }: { invoice: Invoice; items: InvoiceItem[] }) {
  return (
    <section aria-label="Items" className="rounded-lg border bg-card">
      <table className="w-full text-sm">
        <caption className="sr-only">What the invoice is for</caption>
        <thead className="text-left text-xs text-muted-foreground">
          <tr>
            <th scope="col" className="px-5 pt-4 pb-2 font-medium">
              Description
            </th>
            <th scope="col" className="px-5 pt-4 pb-2 text-right font-medium">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className="px-5 py-2 align-top [overflow-wrap:anywhere] whitespace-pre-wrap">
                {item.description}
                {item.quantity !== 1 && (
                  <span className="text-muted-foreground tabular-nums"> × {item.quantity}</span>
                )}
              </td>
              <td className="px-5 py-2 text-right align-top">
                <Money cents={item.amountCents} currency={invoice.currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="border-t px-5 py-3 text-left font-semibold">
              Total
            </th>
            <td className="border-t px-5 py-3 text-right font-semibold">
              <Money cents={invoice.totalCents} currency={invoice.currency} />
            </td>
          </tr>
        </tfoot>
      </table>
      {invoice.memo && (
        <p className="border-t px-5 py-4 text-sm break-words whitespace-pre-wrap text-muted-foreground">
          {invoice.memo}
        </p>
      )}
    </section>
  );
}
