-- Why: money that moved is history. Payments and refunds are never deleted, their amounts never change, each step is a row of
-- payment_events; what is paid and owed follows from them, and is computed the same whatever order the news came in.

-- Types

create type public.payment_status as enum ('pending', 'processing', 'failed', 'canceled', 'succeeded');
create type public.payment_method as enum ('cash', 'check', 'credit_card', 'debit_card', 'ach', 'wire', 'other');
create type public.refund_status as enum ('pending', 'succeeded', 'canceled', 'failed');
create type public.dispute_status as enum ('open', 'won', 'lost');
create type public.payment_event_kind as enum ('status', 'declined', 'refund', 'dispute');

-- Tables

create table public.stripe_accounts (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null unique references public.tenants (id),
  stripe_account_id text not null unique,
  livemode boolean not null,
  charges_enabled boolean not null default false,
  payouts_enabled boolean not null default false,
  details_submitted boolean not null default false,
  currently_due text[] not null default '{}',
  disabled_reason text,
  deauthorized_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id)
);
comment on table public.stripe_accounts is 'The company''s connected Stripe account; it chooses the company of an event, nothing in the event does.';

create table public.payments (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  invoice_id uuid not null,
  status public.payment_status not null default 'pending',
  method public.payment_method,
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null,
  livemode boolean not null default false,
  checkout_session_id text,
  payment_intent_id text,
  charge_id text,
  fee_cents bigint,
  failure_code text,
  failure_message text,
  succeeded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, invoice_id) references public.invoices (tenant_id, id),
  unique (tenant_id, id),
  unique (tenant_id, checkout_session_id),
  unique (tenant_id, payment_intent_id)
);
comment on table public.payments is 'One attempt to pay: one Checkout session, one PaymentIntent. A card declined inside it is an event, not its end.';

create table public.payment_allocations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  payment_id uuid not null,
  invoice_id uuid not null,
  amount_cents bigint not null check (amount_cents >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, payment_id) references public.payments (tenant_id, id),
  foreign key (tenant_id, invoice_id) references public.invoices (tenant_id, id),
  unique (tenant_id, payment_id, invoice_id)
);
comment on table public.payment_allocations is
  'How much of a payment, less what was given or taken back of it, pays an invoice. The rest is credit.';

create table public.refunds (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  payment_id uuid not null,
  status public.refund_status not null default 'pending',
  amount_cents bigint not null check (amount_cents > 0),
  reason text check (length(reason) <= 500),
  stripe_refund_id text,
  failure_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, payment_id) references public.payments (tenant_id, id),
  unique (tenant_id, id),
  unique (tenant_id, stripe_refund_id)
);

create table public.disputes (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  payment_id uuid not null,
  status public.dispute_status not null default 'open',
  amount_cents bigint not null check (amount_cents > 0),
  reason text,
  stripe_dispute_id text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, payment_id) references public.payments (tenant_id, id),
  unique (tenant_id, id),
  unique (tenant_id, stripe_dispute_id)
);

create table public.payment_events (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  payment_id uuid not null,
  kind public.payment_event_kind not null,
  old_status text,
  new_status text,
  amount_cents bigint,
  detail text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, payment_id) references public.payments (tenant_id, id)
);
comment on table public.payment_events is 'What happened to a payment, step by step; append-only.';

-- Indexes

create index payments_list on public.payments (tenant_id, created_at desc, id desc);
create index payments_invoice on public.payments (tenant_id, invoice_id, created_at, id);
create index payment_allocations_invoice on public.payment_allocations (tenant_id, invoice_id);
create index refunds_payment on public.refunds (tenant_id, payment_id, created_at);
create index disputes_payment on public.disputes (tenant_id, payment_id, created_at);
create index payment_events_payment on public.payment_events (tenant_id, payment_id, created_at, id);

-- Ranks: the highest wins, so news out of order moves nothing back.

create function private.payment_rank(p_status public.payment_status) returns integer
language sql immutable set search_path = '' as $$
  select array_position(enum_range(null::public.payment_status), p_status);
$$;

create function private.refund_rank(p_status public.refund_status) returns integer
language sql immutable set search_path = '' as $$
-- A refund that succeeded may still fail days later (https://docs.stripe.com/refunds#failed-refunds), never the reverse.
  select array_position(enum_range(null::public.refund_status), p_status);
$$;

create function private.dispute_rank(p_status public.dispute_status) returns integer
language sql immutable set search_path = '' as $$
  select case p_status when 'open' then 0 else 1 end;
$$;

-- Functions

create function private.net_cents(p_payment public.payments) returns bigint
language sql stable set search_path = '' as $$
-- What is left of a payment: nothing until it succeeded; less succeeded refunds and lost disputes; never below zero.
  select case when p_payment.status = 'succeeded' then greatest(
    0,
    p_payment.amount_cents
      - (
        select coalesce(sum(amount_cents), 0) from public.refunds
        where tenant_id = p_payment.tenant_id and payment_id = p_payment.id and status = 'succeeded'
      )
      - (
        select coalesce(sum(amount_cents), 0) from public.disputes
        where tenant_id = p_payment.tenant_id and payment_id = p_payment.id and status = 'lost'
      )
  ) else 0 end::bigint;
$$;

create function private.settle_invoice(p_tenant uuid, p_invoice uuid) returns void
language plpgsql set search_path = '' as $$
-- Spreads what is left of the invoice's payments over it, oldest first; what is more than the total stays credit. A function of
-- the facts alone, so every order of the same news ends in the same rows. A void invoice takes nothing.
declare
  invoice public.invoices;
  payment public.payments;
  open_cents bigint;
  part bigint;
begin
  select * into invoice from public.invoices where tenant_id = p_tenant and id = p_invoice for no key update;
  open_cents := case when invoice.status in ('issued', 'written_off') then invoice.total_cents else 0 end;
  for payment in
    select * from public.payments
    where tenant_id = p_tenant and invoice_id = p_invoice and status = 'succeeded'
    order by created_at, id
  loop
    part := least(open_cents, private.net_cents(payment));
    open_cents := open_cents - part;
    insert into public.payment_allocations as allocation (tenant_id, payment_id, invoice_id, amount_cents)
    values (p_tenant, payment.id, p_invoice, part)
    on conflict (tenant_id, payment_id, invoice_id) do update set amount_cents = excluded.amount_cents
    where allocation.amount_cents <> excluded.amount_cents;
  end loop;
  -- A new version of the invoice carries the new balance to open browsers.
  update public.invoices set status = case when status = 'written_off' and open_cents < total_cents then 'issued' else status end
  where tenant_id = p_tenant and id = p_invoice;
end
$$;

create function private.refuse_money_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    raise sqlstate 'PT409' using message = 'Money that moved is not deleted.', detail = 'money_is_history';
  end if;
  if (to_jsonb(new) -> 'amount_cents') is distinct from (to_jsonb(old) -> 'amount_cents')
    or (to_jsonb(new) -> 'currency') is distinct from (to_jsonb(old) -> 'currency')
    or (to_jsonb(new) -> 'payment_id') is distinct from (to_jsonb(old) -> 'payment_id')
  then
    raise sqlstate 'PT409' using message = 'The amount of money that moved does not change.', detail = 'money_is_history';
  end if;
  return new;
end
$$;

create function private.follow_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.payment_events (tenant_id, payment_id, kind, old_status, new_status, amount_cents, detail, created_by)
  values (
    new.tenant_id, new.id, 'status', case when tg_op = 'UPDATE' then old.status::text end, new.status::text,
    new.amount_cents, new.failure_message, new.created_by
  );
  perform private.settle_invoice(new.tenant_id, new.invoice_id);
  return null;
end
$$;

create function private.follow_money_back() returns trigger
language plpgsql security definer set search_path = '' as $$
-- After a refund or dispute came or changed status: the step is kept, and the invoice settled anew.
declare
  invoice uuid;
begin
  insert into public.payment_events (tenant_id, payment_id, kind, old_status, new_status, amount_cents, detail, created_by)
  values (
    new.tenant_id, new.payment_id, tg_argv[0]::public.payment_event_kind,
    case when tg_op = 'UPDATE' then old.status::text end, new.status::text, new.amount_cents, new.reason, new.created_by
  );
  select invoice_id into invoice from public.payments where tenant_id = new.tenant_id and id = new.payment_id;
  perform private.settle_invoice(new.tenant_id, invoice);
  return null;
end
$$;

create function private.void_invoice(p_invoice uuid) returns void
language plpgsql security definer set search_path = '' as $$
-- Only without money on it, and without money on its way; the number stays.
declare
  invoice public.invoices := private.my_invoice(p_invoice, 'invoices.write');
begin
  if invoice.status = 'void' then
    return;
  end if;
  if exists (
    select from public.payments as payment
    where payment.tenant_id = invoice.tenant_id and payment.invoice_id = invoice.id
      and (payment.status = 'processing' or private.net_cents(payment) > 0)
  ) then
    raise sqlstate 'PT409' using
      message = 'There is money on this invoice. Refund it first, then void the invoice.', detail = 'invoice_has_money';
  end if;
  update public.invoices set status = 'void', voided_at = now() where id = invoice.id;
end
$$;

create function public.void_invoice(p_invoice uuid) returns void
language sql set search_path = '' as $$
  select private.void_invoice(p_invoice);
$$;
comment on function public.void_invoice is 'Ends an invoice that nothing was paid on; it keeps its number.';

-- Triggers

create trigger touch before update on public.stripe_accounts for each row execute function private.touch_tenant_row();
create trigger touch before update on public.payments for each row execute function private.touch_tenant_row();
create trigger touch before update on public.payment_allocations for each row execute function private.touch_tenant_row();
create trigger touch before update on public.refunds for each row execute function private.touch_tenant_row();
create trigger touch before update on public.disputes for each row execute function private.touch_tenant_row();
create trigger touch before update on public.payment_events for each row execute function private.touch_tenant_row();
create trigger announce after insert or update on public.stripe_accounts
for each row execute function private.announce_to_settings();
create trigger keep before update or delete on public.payments for each row execute function private.refuse_money_change();
create trigger keep before update or delete on public.refunds for each row execute function private.refuse_money_change();
create trigger keep before update or delete on public.disputes for each row execute function private.refuse_money_change();
create trigger follow_new after insert on public.payments for each row execute function private.follow_payment();
create trigger follow after update on public.payments
for each row when (old.status <> new.status) execute function private.follow_payment();
create trigger follow_new after insert on public.refunds for each row execute function private.follow_money_back('refund');
create trigger follow after update on public.refunds
for each row when (old.status <> new.status) execute function private.follow_money_back('refund');
create trigger follow_new after insert on public.disputes for each row execute function private.follow_money_back('dispute');
create trigger follow after update on public.disputes
for each row when (old.status <> new.status) execute function private.follow_money_back('dispute');

-- Row-level security

alter table public.stripe_accounts enable row level security;
alter table public.payments enable row level security;
alter table public.payment_allocations enable row level security;
alter table public.refunds enable row level security;
alter table public.disputes enable row level security;
alter table public.payment_events enable row level security;

create policy "The Stripe account is seen by owners and managers" on public.stripe_accounts
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('settings.read')));

create policy "Payments are seen by the money area" on public.payments
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

create policy "Allocations are seen by the money area" on public.payment_allocations
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

create policy "Refunds are seen by the money area" on public.refunds
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

create policy "Disputes are seen by the money area" on public.disputes
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

create policy "Payment events are seen by the money area" on public.payment_events
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

-- Grants. Nobody writes money by hand: it comes through providers' events and the service's calls.

grant select on
  public.stripe_accounts, public.payments, public.payment_allocations, public.refunds, public.disputes, public.payment_events
to authenticated;
grant execute on function private.void_invoice(uuid), public.void_invoice(uuid) to authenticated;
