import { useCallback, useEffect, useRef, useState } from 'react';
import { onChange } from '@/database/changes';
import { useLiveQuery } from '@/database/useLiveQuery';
import { announce } from '@/lib/announcer';
import { toFailure, type Failure } from '@/lib/failure';
import { badgeOf } from './invoiceBadge';
import { titleOf, type Invoice } from './invoiceModel';
import { fetchInvoice } from './invoiceRepository';
import { fetchItems, type InvoiceItem } from './itemRepository';
import type { InvoiceMoney } from './paymentModel';
import { fetchMoney } from './paymentRepository';

export interface InvoiceDetails {
  invoice: Invoice;
  items: InvoiceItem[];
  money: InvoiceMoney;
}

interface Loaded {
  /** Undefined until it is known; null when there is no such invoice. */
  details: InvoiceDetails | null | undefined;
  failure: Failure | null;
}

async function fetchDetails(id: string): Promise<InvoiceDetails | null> {
  const [invoice, items, money] = await Promise.all([fetchInvoice(id), fetchItems(id), fetchMoney(id)]);
  return invoice && { invoice, items, money };
}

/** An invoice with its lines and its money. A live event only says that something changed: all of it is asked for again. */
export function useInvoice(id: string): Loaded & { load: () => Promise<void> } {
  const [loaded, setLoaded] = useState<Loaded>({ details: undefined, failure: null });
  const asked = useRef(0);
  const load = useCallback(async () => {
    const turn = ++asked.current;
    try {
      const details = await fetchDetails(id);
      if (turn === asked.current) setLoaded({ details, failure: null });
    } catch (error) {
      // What is on screen stays; the connection line says that it may be old.
      if (turn === asked.current) setLoaded((known) => ({ ...known, failure: toFailure(error) }));
    }
  }, [id]);
  useLiveQuery(load, 'payments');
  useEffect(
    () =>
      onChange('invoice_list', (change) => {
        if (change.id === id) void load();
      }),
    [id, load],
  );
  useAnnouncedState(loaded.details?.invoice);
  return { ...loaded, load };
}

/** A screen reader hears when the state changed, whoever changed it. */
function useAnnouncedState(invoice: Invoice | undefined): void {
  const words = invoice && `${titleOf(invoice)}: ${badgeOf(invoice).word}`;
  const known = useRef(words);
  useEffect(() => {
    if (known.current !== undefined && words !== undefined && words !== known.current) announce(words);
    known.current = words;
  }, [words]);
}
