import { answerOf, failureOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList } from '@/lib/decode';
import { FILTER_STATES, type Filter } from './filterModel';
import { decodeInvoice, type Invoice } from './invoiceModel';

export interface InvoicePage {
  rows: Invoice[];
  complete: boolean;
}

/** The newest invoices of a filter, or those below `after`. */
export async function fetchInvoices(filter: Filter, limit: number, after?: Invoice): Promise<InvoicePage> {
  let query = getClient().from('invoice_list').select('*');
  const states = FILTER_STATES[filter];
  if (states) query = query.in('state', states);
  if (filter === 'overdue') query = query.is('is_overdue', true);
  if (after) {
    const at = `"${after.createdAt}"`;
    query = query.or(`created_at.lt.${at},and(created_at.eq.${at},id.lt.${after.id})`);
  }
  query = query.order('created_at', { ascending: false }).order('id', { ascending: false }).limit(limit);
  const rows = asList(await answerOf(query), decodeInvoice);
  return { rows, complete: rows.length < limit };
}

/** The newest invoices of one contact. */
export async function fetchInvoicesOf(contactId: string, limit: number): Promise<Invoice[]> {
  const query = getClient()
    .from('invoice_list')
    .select('*')
    .eq('contact_id', contactId)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit);
  return asList(await answerOf(query), decodeInvoice);
}

/** One invoice; null when it does not exist, was deleted, or is not for this person. */
export async function fetchInvoice(id: string): Promise<Invoice | null> {
  const row = await answerOf(getClient().from('invoice_list').select('*').eq('id', id).maybeSingle());
  return row === null ? null : decodeInvoice(asFields(row));
}

/** How many invoices are overdue. */
export async function countOverdue(): Promise<number> {
  const { count, error, status } = await getClient()
    .from('invoice_list')
    .select('id', { count: 'exact' })
    .is('is_overdue', true)
    .limit(1);
  if (error) throw failureOf(error, status);
  return count ?? 0;
}

/** Gives a draft its number and its day. Pressed twice, it keeps the number that it has. */
export async function issueInvoice(id: string): Promise<void> {
  await answerOf(getClient().rpc('issue_invoice', { p_invoice: id }));
}

export async function voidInvoice(id: string): Promise<void> {
  await answerOf(getClient().rpc('void_invoice', { p_invoice: id }));
}

/** Deletes a draft. */
export async function deleteInvoice(id: string): Promise<void> {
  await answerOf(getClient().rpc('delete_invoice', { p_invoice: id }));
}

/** Makes a new link to the customer's page of an issued invoice; earlier links go on working. */
export async function createInvoiceLink(id: string): Promise<string> {
  const token = await answerOf(getClient().rpc('create_invoice_link', { p_invoice: id }));
  return `${window.location.origin}/i/${String(token)}`;
}
