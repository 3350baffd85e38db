-- Why: what is paid, owed and overdue is never stored: it is read from the facts, the same for every screen. What happens to
-- money shows in the customer's conversation, to those who may see money.

create or replace function private.readable_areas() returns public.access_area[]
language plpgsql stable set search_path = '' as $$
begin
  return array_remove(
    array[
      case when private.may('conversations.read') then 'inbox' end,
      case when private.may('invoices.read') then 'money' end
    ]::public.access_area[],
    null
  );
end
$$;

-- Views

create view public.payment_list with (security_invoker = true) as
select
  payment.id, payment.tenant_id, payment.version, payment.invoice_id, payment.status, payment.method, payment.amount_cents,
  payment.currency, back.refunded_cents,
  case when payment.status = 'succeeded' and payment.payment_intent_id is not null
    then greatest(0, payment.amount_cents - back.claimed_cents - back.lost_cents) else 0 end as refundable_cents,
  back.dispute_status, payment.failure_code, payment.failure_message, payment.created_at, payment.succeeded_at
from public.payments as payment
cross join lateral (
  select
    (
      select coalesce(sum(amount_cents) filter (where status = 'succeeded'), 0)::bigint from public.refunds
      where tenant_id = payment.tenant_id and payment_id = payment.id
    ) as refunded_cents,
    (
      select coalesce(sum(amount_cents) filter (where status in ('pending', 'succeeded')), 0)::bigint from public.refunds
      where tenant_id = payment.tenant_id and payment_id = payment.id
    ) as claimed_cents,
    (
      select coalesce(sum(amount_cents) filter (where status = 'lost'), 0)::bigint from public.disputes
      where tenant_id = payment.tenant_id and payment_id = payment.id
    ) as lost_cents,
    (
      select status from public.disputes
      where tenant_id = payment.tenant_id and payment_id = payment.id
      order by status, created_at desc
      limit 1
    ) as dispute_status
) as back;
comment on view public.payment_list is
  'Payments with what was given and taken back of them. Only what was paid online can be refunded online.';

create view public.invoice_list with (security_invoker = true) as
select
  invoice.id, invoice.tenant_id, invoice.version, invoice.number, invoice.status, invoice.contact_id,
  contact.name as contact_name,
  (
    select phone.e164::text from public.contact_phones as phone
    where phone.tenant_id = invoice.tenant_id and phone.contact_id = invoice.contact_id and phone.e164 is not null
    order by phone.is_primary desc, phone.created_at
    limit 1
  ) as contact_number,
  invoice.currency, invoice.total_cents, money.paid_cents,
  owed.balance_cents, money.net_cents - money.paid_cents as credit_cents,
  case
    when invoice.status <> 'issued' then invoice.status::text
    when owed.balance_cents = 0 and money.net_cents > money.paid_cents then 'overpaid'
    when owed.balance_cents = 0 then 'paid'
    when money.paid_cents > 0 then 'partial'
    when money.received_cents > 0 then 'refunded'
    else 'unpaid'
  end as state,
  invoice.status = 'issued' and owed.balance_cents > 0
    and invoice.due_on < (now() at time zone tenant.timezone)::date as is_overdue,
  money.is_processing, money.is_disputed,
  invoice.due_on, invoice.issued_on, invoice.viewed_at, invoice.allows_partial_payment, invoice.memo, invoice.created_at
from public.invoices as invoice
join public.tenants as tenant on tenant.id = invoice.tenant_id
left join public.contacts as contact on contact.tenant_id = invoice.tenant_id and contact.id = invoice.contact_id
cross join lateral (
  select
    (
      select coalesce(sum(amount_cents), 0)::bigint from public.payment_allocations
      where tenant_id = invoice.tenant_id and invoice_id = invoice.id
    ) as paid_cents,
    coalesce(sum(private.net_cents(payment)), 0)::bigint as net_cents,
    coalesce(sum(payment.amount_cents) filter (where payment.status = 'succeeded'), 0)::bigint as received_cents,
    coalesce(bool_or(payment.status = 'processing'), false) as is_processing,
    coalesce(bool_or(
      exists (
        select from public.disputes
        where tenant_id = payment.tenant_id and payment_id = payment.id and status = 'open'
      )
    ), false) as is_disputed
  from public.payments as payment
  where payment.tenant_id = invoice.tenant_id and payment.invoice_id = invoice.id
) as money
cross join lateral (
  select case when invoice.status in ('issued', 'written_off') then invoice.total_cents - money.paid_cents else 0 end
    as balance_cents
) as owed
where invoice.deleted_at is null;
comment on view public.invoice_list is 'Invoices with what is paid and owed: page by (created_at, id), newest first.';

create or replace view public.thread_entries with (security_invoker = true) as
select
  entry.id, entry.tenant_id, entry.conversation_id, entry.contact_id, entry.at, entry.kind, entry.subject_id,
  coalesce(message.version, payment.version, refund.version, dispute.version, entry.version) as version,
  message.direction, message.body, message.status, message.error_code,
  private.status_words(message.status, message.error_code, message.status_reason) as status_reason,
  message.segment_count, message.media, message.created_by, author.display_name as author_name,
  consent.status as consent_status,
  coalesce(refund.amount_cents, dispute.amount_cents, payment.amount_cents) as amount_cents,
  invoice.currency, invoice.id as invoice_id, invoice.number as invoice_number,
  coalesce(refund.status::text, dispute.status::text, payment.status::text) as money_status
from public.timeline_entries as entry
left join public.sms_messages as message
  on entry.kind = 'sms' and message.tenant_id = entry.tenant_id and message.id = entry.subject_id
left join public.consents as consent
  on entry.kind = 'consent' and consent.tenant_id = entry.tenant_id and consent.id = entry.subject_id
left join public.memberships as author
  on author.tenant_id = message.tenant_id and author.user_id = message.created_by
left join public.refunds as refund
  on entry.kind = 'refund' and refund.tenant_id = entry.tenant_id and refund.id = entry.subject_id
left join public.disputes as dispute
  on entry.kind = 'dispute' and dispute.tenant_id = entry.tenant_id and dispute.id = entry.subject_id
left join public.payments as payment
  on payment.tenant_id = entry.tenant_id
  and payment.id = case entry.kind
    when 'payment' then entry.subject_id
    when 'refund' then refund.payment_id
    when 'dispute' then dispute.payment_id
  end
left join public.invoices as invoice
  on invoice.tenant_id = payment.tenant_id and invoice.id = payment.invoice_id;

-- The timeline of money

create function private.add_money_entry(p_tenant uuid, p_kind public.timeline_kind, p_subject uuid, p_payment uuid) returns void
language plpgsql set search_path = '' as $$
-- One line per payment, refund or dispute, in the newest conversation with the invoice's contact.
declare
  contact uuid;
  conversation uuid;
begin
  if exists (
    select from public.timeline_entries where tenant_id = p_tenant and kind = p_kind and subject_id = p_subject
  ) then
    perform private.announce_entry(p_tenant, p_kind, p_subject, 'update');
    return;
  end if;
  select invoice.contact_id into contact
  from public.payments as payment
  join public.invoices as invoice on invoice.tenant_id = payment.tenant_id and invoice.id = payment.invoice_id
  where payment.tenant_id = p_tenant and payment.id = p_payment;
  select id into conversation from public.conversations
  where tenant_id = p_tenant and contact_id = contact
  order by last_message_at desc, id desc
  limit 1;
  insert into public.timeline_entries (tenant_id, contact_id, conversation_id, at, kind, subject_id, area)
  values (p_tenant, contact, conversation, clock_timestamp(), p_kind, p_subject, 'money');
end
$$;

create function private.show_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
-- A started attempt is nothing to show yet, and one that came to nothing never was.
begin
  if new.status in ('processing', 'succeeded') or (tg_op = 'UPDATE' and old.status = 'processing') then
    perform private.add_money_entry(new.tenant_id, 'payment', new.id, new.id);
  end if;
  perform private.announce(new.tenant_id, 'money', 'payments', new.id, lower(tg_op), new.version);
  return null;
end
$$;

create function private.show_money_back() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.add_money_entry(new.tenant_id, tg_argv[0]::public.timeline_kind, new.id, new.payment_id);
  perform private.announce(new.tenant_id, 'money', 'payments', new.payment_id, 'update', new.version);
  return null;
end
$$;

create function private.announce_invoice() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  shown jsonb := (select to_jsonb(invoice) from public.invoice_list as invoice where invoice.id = new.id);
begin
  perform private.announce(
    new.tenant_id, 'money', 'invoice_list', new.id, case when shown is null then 'delete' else lower(tg_op) end, new.version,
    shown
  );
  return null;
end
$$;

-- Named to run after the triggers that settle the invoice.
create trigger show after insert or update on public.payments for each row execute function private.show_payment();
create trigger show after insert or update on public.refunds
for each row execute function private.show_money_back('refund');
create trigger show after insert or update on public.disputes
for each row execute function private.show_money_back('dispute');
create trigger show after insert or update on public.invoices for each row execute function private.announce_invoice();

-- Grants

grant select on public.payment_list, public.invoice_list to authenticated;
grant execute on function private.net_cents(public.payments) to authenticated;
