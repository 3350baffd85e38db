import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import type { Database } from '@/database/types';
import { asFields, asList, decimal, text, whole } from '@/lib/decode';
import { majorUnits } from '@/lib/money';
import type { Draft } from './draftModel';

type InvoiceInsert = Database['public']['Tables']['invoices']['Insert'];
type ItemInsert = Database['public']['Tables']['invoice_items']['Insert'];

/** A line of an invoice. */
export interface InvoiceItem {
  id: string;
  description: string;
  quantity: number;
  amountCents: number;
}

function decodeItem(value: unknown): InvoiceItem {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    description: text(row, 'description'),
    quantity: decimal(row, 'quantity'),
    amountCents: whole(row, 'amount_cents'),
  };
}

export async function fetchItems(invoiceId: string): Promise<InvoiceItem[]> {
  const query = getClient()
    .from('invoice_items')
    .select('id, description, quantity, amount_cents')
    .eq('invoice_id', invoiceId)
    .order('position')
    .order('id');
  return asList(await answerOf(query), decodeItem);
}

export interface DraftIds {
  /** Made here. */
  invoice: string;
  item: string;
}

/** Writes a draft and its line, whether they exist or not: the same again, after a lost answer too, changes nothing. */
export async function saveDraft(ids: DraftIds, draft: Draft, currency: string): Promise<void> {
  const invoice = {
    contact_id: draft.contactId,
    due_on: draft.dueOn,
    memo: draft.memo,
    allows_partial_payment: draft.allowsPartialPayment,
  };
  const item = { description: draft.description, unit_price: majorUnits(draft.amountCents, currency) };
  if (!(await insertInvoice({ id: ids.invoice, ...invoice }))) {
    await answerOf(getClient().from('invoices').update(invoice).eq('id', ids.invoice));
  }
  if (!(await insertItem({ id: ids.item, invoice_id: ids.invoice, ...item }))) {
    await answerOf(getClient().from('invoice_items').update(item).eq('id', ids.item));
  }
}

const ONCE = { onConflict: 'id', ignoreDuplicates: true } as const;

/** False when it was there already. */
async function insertInvoice(row: InvoiceInsert): Promise<boolean> {
  const rows = await answerOf(getClient().from('invoices').upsert(row, ONCE).select('id'));
  return asList(rows, asFields).length > 0;
}

async function insertItem(row: ItemInsert): Promise<boolean> {
  const rows = await answerOf(getClient().from('invoice_items').upsert(row, ONCE).select('id'));
  return asList(rows, asFields).length > 0;
}
