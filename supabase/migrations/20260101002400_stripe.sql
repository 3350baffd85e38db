-- Why: Stripe tells what happened at least once, in any order. The connected account chooses the company; an attempt is found by
-- our own id, which Stripe carries for us; ranks make every order end the same; what comes before its payment is known waits.

-- Finding and applying

create function private.find_payment(p_tenant uuid, p_fields jsonb) returns public.payments
language plpgsql set search_path = '' as $$
-- By our own id, by the PaymentIntent, or by the charge; always within the company. Locked for what comes next.
declare
  payment public.payments;
  intent constant text := p_fields ->> 'payment_intent';
begin
  select * into payment from public.payments
  where tenant_id = p_tenant and id = (p_fields ->> 'payment')::uuid
    and (payment_intent_id is null or intent is null or payment_intent_id = intent)
  for no key update;
  if not found and intent is not null then
    select * into payment from public.payments where tenant_id = p_tenant and payment_intent_id = intent for no key update;
  end if;
  if payment.id is null and p_fields ->> 'charge' is not null then
    select * into payment from public.payments where tenant_id = p_tenant and charge_id = p_fields ->> 'charge' for no key update;
  end if;
  if payment.id is null then
    raise exception 'No payment of this company belongs to %.', coalesce(intent, p_fields ->> 'charge', p_fields ->> 'session', 'this event');
  end if;
  return payment;
end
$$;

create function private.payment_method(p_type text) returns public.payment_method
language sql immutable set search_path = '' as $$
-- Stripe's payment_method_details.type (https://docs.stripe.com/api/charges/object) in the words of domain.md 3.2.
  select case p_type
    when 'card' then 'credit_card'
    when 'us_bank_account' then 'ach'
    when 'customer_balance' then 'wire'
    else case when p_type is not null then 'other' end
  end::public.payment_method;
$$;

create function private.apply_payment(p_tenant uuid, p_fields jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  payment public.payments := private.find_payment(p_tenant, p_fields);
  told constant public.payment_status := (p_fields ->> 'status')::public.payment_status;
  wins constant boolean := private.payment_rank(told) > private.payment_rank(payment.status);
begin
  if (p_fields ->> 'amount_cents')::bigint <> payment.amount_cents then
    raise exception 'Stripe speaks of % cents, the payment is of %.', p_fields ->> 'amount_cents', payment.amount_cents;
  end if;
  update public.payments
  set checkout_session_id = coalesce(checkout_session_id, p_fields ->> 'session'),
      payment_intent_id = coalesce(payment_intent_id, p_fields ->> 'payment_intent'),
      charge_id = case
        when told = 'succeeded' then coalesce(p_fields ->> 'charge', charge_id) else coalesce(charge_id, p_fields ->> 'charge')
      end,
      method = coalesce(private.payment_method(p_fields ->> 'method'), method),
      fee_cents = coalesce((p_fields ->> 'fee_cents')::bigint, fee_cents),
      failure_code = case when wins then p_fields ->> 'failure_code' else failure_code end,
      failure_message = case when wins then p_fields ->> 'failure_message' else failure_message end,
      succeeded_at = case when wins and told = 'succeeded' then now() else succeeded_at end,
      status = case when wins then told else status end
  where id = payment.id;
  perform private.apply_waiting_events(p_tenant, payment.id);
end
$$;

create function private.apply_waiting_events(p_tenant uuid, p_payment uuid) returns void
language sql set search_path = '' as $$
-- Refunds, disputes and declines that came before their payment was known.
  select private.apply_event(event.id)
  from public.payments as payment
  join public.webhook_events as event
    on event.tenant_id = payment.tenant_id and event.provider = 'stripe' and event.processed_at is null
    and event.kind in ('refund', 'dispute', 'decline')
    and (event.fields ->> 'payment_intent' = payment.payment_intent_id or event.fields ->> 'charge' = payment.charge_id)
  where payment.tenant_id = p_tenant and payment.id = p_payment;
$$;

create function private.apply_decline(p_tenant uuid, p_fields jsonb) returns void
language plpgsql set search_path = '' as $$
-- A card declined inside an attempt: the customer may try another one, so this is an event and not the end.
declare
  payment public.payments := private.find_payment(p_tenant, p_fields);
begin
  update public.payments set payment_intent_id = p_fields ->> 'payment_intent'
  where id = payment.id and payment_intent_id is null;
  insert into public.payment_events (tenant_id, payment_id, kind, amount_cents, detail)
  values (p_tenant, payment.id, 'declined', payment.amount_cents, coalesce(p_fields ->> 'message', p_fields ->> 'code'));
end
$$;

create function private.apply_refund(p_tenant uuid, p_fields jsonb) returns void
language plpgsql set search_path = '' as $$
-- One of ours (Stripe carries our id), one that we know by Stripe's id, or one that was made in Stripe's dashboard.
declare
  payment public.payments := private.find_payment(p_tenant, p_fields);
  told constant public.refund_status := (p_fields ->> 'status')::public.refund_status;
  known public.refunds;
begin
  select * into known from public.refunds
  where tenant_id = p_tenant and payment_id = payment.id
    and (stripe_refund_id = p_fields ->> 'stripe_refund' or (stripe_refund_id is null and id = (p_fields ->> 'refund')::uuid))
  for no key update;
  if not found then
    insert into public.refunds (tenant_id, payment_id, status, amount_cents, reason, stripe_refund_id, failure_reason)
    values (
      p_tenant, payment.id, told, (p_fields ->> 'amount_cents')::bigint, p_fields ->> 'reason',
      p_fields ->> 'stripe_refund', p_fields ->> 'failure_reason'
    );
    return;
  end if;
  perform private.advance_refund(p_tenant, known.id, p_fields ->> 'stripe_refund', told, p_fields ->> 'failure_reason');
end
$$;

create function private.advance_refund(
  p_tenant uuid, p_refund uuid, p_stripe_refund text, p_status public.refund_status, p_failure text
) returns void
language sql set search_path = '' as $$
  update public.refunds
  set stripe_refund_id = coalesce(stripe_refund_id, p_stripe_refund),
      failure_reason = case
        when private.refund_rank(p_status) > private.refund_rank(status) then p_failure else failure_reason
      end,
      status = case when private.refund_rank(p_status) > private.refund_rank(status) then p_status else status end
  where tenant_id = p_tenant and id = p_refund;
$$;

create function private.apply_dispute(p_tenant uuid, p_fields jsonb) returns void
language plpgsql set search_path = '' as $$
-- Open gives way to won or lost. Between those two the later look at Stripe is right: the caller asked again.
declare
  payment public.payments := private.find_payment(p_tenant, p_fields);
  told constant public.dispute_status := (p_fields ->> 'status')::public.dispute_status;
begin
  insert into public.disputes as known (tenant_id, payment_id, status, amount_cents, reason, stripe_dispute_id)
  values (
    p_tenant, payment.id, told, (p_fields ->> 'amount_cents')::bigint, p_fields ->> 'reason', p_fields ->> 'stripe_dispute'
  )
  on conflict (tenant_id, stripe_dispute_id) do update set status = excluded.status
  where private.dispute_rank(excluded.status) >= private.dispute_rank(known.status) and known.status <> excluded.status;
end
$$;

create function private.apply_account(p_tenant uuid, p_state jsonb) returns void
language sql set search_path = '' as $$
  update public.stripe_accounts
  set charges_enabled = (p_state ->> 'charges_enabled')::boolean,
      payouts_enabled = (p_state ->> 'payouts_enabled')::boolean,
      details_submitted = (p_state ->> 'details_submitted')::boolean,
      currently_due = array(select jsonb_array_elements_text(p_state -> 'currently_due')),
      disabled_reason = p_state ->> 'disabled_reason'
  where tenant_id = p_tenant;
$$;

-- FieldLite's own subscription

create type public.subscription_status as enum ('trialing', 'active', 'past_due', 'unpaid', 'incomplete', 'canceled');

create table public.plans (
  id text primary key,
  name text not null,
  price_cents bigint not null,
  currency char(3) not null default 'USD',
  position integer not null
);
comment on table public.plans is 'What FieldLite itself costs a month. Which Stripe price a plan is, is a setting of the service.';

insert into public.plans (id, name, price_cents, position) values ('solo', 'Solo', 2900, 1), ('team', 'Team', 7900, 2);

create table public.subscriptions (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null unique references public.tenants (id),
  plan_id text references public.plans (id),
  status public.subscription_status not null default 'trialing',
  trial_ends_at timestamptz default now() + interval '14 days',
  current_period_ends_at timestamptz,
  cancels_at_period_end boolean not null default false,
  stripe_customer_id text unique,
  stripe_subscription_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id)
);

create trigger touch before update on public.subscriptions for each row execute function private.touch_tenant_row();
create trigger announce after insert or update on public.subscriptions
for each row execute function private.announce_to_settings();

create function private.begin_trial() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.subscriptions (tenant_id) values (new.id);
  return null;
end
$$;
comment on function private.begin_trial() is 'After insert of a company: its trial of 14 days begins.';

create trigger begin_trial after insert on public.tenants for each row execute function private.begin_trial();

create function private.apply_subscription(p_tenant uuid, p_fields jsonb) returns void
language sql set search_path = '' as $$
-- As Stripe says now: the caller fetched the subscription after the event came, since its statuses have no order.
  update public.subscriptions
  set status = (p_fields ->> 'status')::public.subscription_status,
      plan_id = coalesce(p_fields ->> 'plan', plan_id),
      trial_ends_at = coalesce(to_timestamp((p_fields ->> 'trial_end')::bigint), trial_ends_at),
      current_period_ends_at = to_timestamp((p_fields ->> 'current_period_end')::bigint),
      cancels_at_period_end = coalesce((p_fields ->> 'cancel_at_period_end')::boolean, false),
      stripe_subscription_id = p_fields ->> 'subscription'
  where tenant_id = p_tenant and stripe_customer_id = p_fields ->> 'customer';
$$;

create or replace function private.work_event(p_event public.webhook_events) returns text
language plpgsql set search_path = '' as $$
-- The work of one kind of event; returns what to answer, or null.
begin
  case p_event.kind
    when 'sms' then return private.apply_text(p_event.tenant_id, p_event.fields);
    when 'status' then perform private.apply_status(p_event.tenant_id, p_event.fields);
    when 'payment' then perform private.apply_payment(p_event.tenant_id, p_event.fields);
    when 'decline' then perform private.apply_decline(p_event.tenant_id, p_event.fields);
    when 'refund' then perform private.apply_refund(p_event.tenant_id, p_event.fields);
    when 'dispute' then perform private.apply_dispute(p_event.tenant_id, p_event.fields);
    when 'account' then perform private.apply_account(p_event.tenant_id, p_event.fields -> 'state');
    when 'account_removed' then
      update public.stripe_accounts set deauthorized_at = now(), charges_enabled = false where tenant_id = p_event.tenant_id;
    when 'subscription' then perform private.apply_subscription(p_event.tenant_id, p_event.fields);
    else raise exception '%', p_event.fields ->> 'reason';
  end case;
  return null;
end
$$;

-- What webhooks and reconciliation call

create function backend.stripe_tenant(p_account text) returns uuid
language sql stable security definer set search_path = '' as $$
  select tenant_id from public.stripe_accounts where stripe_account_id = p_account;
$$;

create function backend.stripe_customer_tenant(p_customer text) returns uuid
language sql stable security definer set search_path = '' as $$
  select tenant_id from public.subscriptions where stripe_customer_id = p_customer;
$$;

create function backend.receive_stripe_event(p_tenant uuid, p_event_id text, p_kind text, p_fields jsonb, p_raw bytea)
returns table (outcome text)
language plpgsql security definer set search_path = '' as $$
-- Stores an event and does its work, all in this one call; the same event again changes nothing, a failed one is tried again.
declare
  event uuid;
begin
  insert into public.webhook_events (tenant_id, provider, kind, event_key, fields, raw, content_type)
  values (p_tenant, 'stripe', p_kind::public.event_kind, p_event_id, p_fields, p_raw, 'application/json')
  on conflict (tenant_id, provider, event_key) do nothing
  returning id into event;
  if event is null then
    select id into event from public.webhook_events
    where tenant_id = p_tenant and provider = 'stripe' and event_key = p_event_id;
  end if;
  return query select applied.outcome from private.apply_event(event) as applied;
end
$$;

create function backend.stripe_accounts_to_reconcile() returns table (tenant_id uuid, stripe_account_id text)
language sql stable security definer set search_path = '' as $$
  select account.tenant_id, account.stripe_account_id
  from public.stripe_accounts as account
  where account.deauthorized_at is null
  order by account.created_at;
$$;

-- What the API calls for a person

create function backend.stripe_account(p_tenant uuid, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
-- The connected account's state; null before the first connection.
begin
  perform private.require_member(p_tenant, p_user, 'settings.read');
  return (
    select jsonb_build_object(
      'connected', account.deauthorized_at is null, 'charges_enabled', account.charges_enabled,
      'payouts_enabled', account.payouts_enabled, 'details_submitted', account.details_submitted,
      'currently_due', account.currently_due, 'disabled_reason', account.disabled_reason,
      'stripe_account_id', account.stripe_account_id
    )
    from public.stripe_accounts as account
    where account.tenant_id = p_tenant
  );
end
$$;

create function backend.save_stripe_account(p_tenant uuid, p_user uuid, p_account text, p_livemode boolean) returns void
language plpgsql security definer set search_path = '' as $$
-- The first connection, or a new one after the company took the old one away. The same again changes nothing.
begin
  perform private.require_member(p_tenant, p_user, 'settings.write');
  insert into public.stripe_accounts as account (tenant_id, stripe_account_id, livemode, created_by)
  values (p_tenant, p_account, p_livemode, p_user)
  on conflict (tenant_id) do update
  set stripe_account_id = excluded.stripe_account_id, livemode = excluded.livemode, deauthorized_at = null
  where account.deauthorized_at is not null;
end
$$;

create function backend.update_stripe_account(p_account text, p_state jsonb) returns void
language sql security definer set search_path = '' as $$
  select private.apply_account(account.tenant_id, p_state)
  from public.stripe_accounts as account
  where account.stripe_account_id = p_account;
$$;

create function backend.start_refund(
  p_tenant uuid, p_user uuid, p_refund uuid, p_payment uuid, p_amount_cents bigint, p_reason text
) returns jsonb
language plpgsql security definer set search_path = '' as $$
-- Claims money to give back, before Stripe is asked: two people cannot give back the same money. Idempotent by the refund's id.
declare
  payment public.payments;
  refund public.refunds;
  refundable bigint;
begin
  perform private.require_member(p_tenant, p_user, 'payments.refund');
  select * into payment from public.payments where tenant_id = p_tenant and id = p_payment for no key update;
  if not found then
    raise sqlstate 'PT404' using message = 'That payment does not exist.', detail = 'no_such_payment';
  end if;
  select * into refund from public.refunds where tenant_id = p_tenant and id = p_refund;
  if not found then
    select refundable_cents into refundable from public.payment_list where tenant_id = p_tenant and id = p_payment;
    if p_amount_cents is null or p_amount_cents <= 0 then
      raise sqlstate 'PT422' using message = 'Enter how much to give back.', detail = 'bad_amount';
    elsif payment.payment_intent_id is null then
      raise sqlstate 'PT409' using
        message = 'This was not paid online. Give the money back the way it came.', detail = 'not_paid_online';
    elsif p_amount_cents > refundable then
      raise sqlstate 'PT409' using message = 'That is more than what is left of this payment.', detail = 'refund_too_large';
    elsif exists (
      select from public.disputes where tenant_id = p_tenant and payment_id = p_payment and status = 'open'
    ) then
      raise sqlstate 'PT409' using
        message = 'The customer''s bank is looking into this payment. It can be refunded when that has ended.',
        detail = 'payment_disputed';
    end if;
    insert into public.refunds (id, tenant_id, payment_id, amount_cents, reason, created_by)
    values (p_refund, p_tenant, p_payment, p_amount_cents, p_reason, p_user)
    returning * into refund;
  end if;
  return (
    select jsonb_build_object(
      'stripe_account_id', account.stripe_account_id, 'payment_intent_id', payment.payment_intent_id,
      'charge_id', payment.charge_id, 'amount_cents', refund.amount_cents, 'status', refund.status,
      'stripe_refund_id', refund.stripe_refund_id
    )
    from public.stripe_accounts as account
    where account.tenant_id = p_tenant
  );
end
$$;

create function backend.record_refund(p_tenant uuid, p_refund uuid, p_stripe_refund text, p_status text, p_failure text)
returns void
language plpgsql security definer set search_path = '' as $$
-- What Stripe answered; its events may have been faster. They lock the payment first, so this does too.
begin
  perform from public.payments as payment
  join public.refunds as refund on refund.tenant_id = payment.tenant_id and refund.payment_id = payment.id
  where refund.tenant_id = p_tenant and refund.id = p_refund
  for no key update of payment;
  perform private.advance_refund(p_tenant, p_refund, p_stripe_refund, p_status::public.refund_status, p_failure);
end
$$;

create function backend.unfinished_refunds()
returns table (
  tenant_id uuid, refund_id uuid, payment_id uuid, amount_cents bigint, payment_intent_id text, stripe_account_id text
)
language sql stable security definer set search_path = '' as $$
-- Money that was claimed to be given back and of which Stripe was perhaps never asked: asking again by the same key is safe.
  select refund.tenant_id, refund.id, refund.payment_id, refund.amount_cents, payment.payment_intent_id, account.stripe_account_id
  from public.refunds as refund
  join public.payments as payment on payment.tenant_id = refund.tenant_id and payment.id = refund.payment_id
  join public.stripe_accounts as account on account.tenant_id = refund.tenant_id
  where refund.status = 'pending' and refund.stripe_refund_id is null and account.deauthorized_at is null
    and refund.created_at between now() - interval '23 hours' and now() - interval '2 minutes';
$$;
comment on function backend.unfinished_refunds() is
  'Stripe keeps idempotency keys for 24 hours at least; older ones are for a person.';

create function backend.start_billing(p_tenant uuid, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_member(p_tenant, p_user, 'billing.write');
  return (
    select jsonb_build_object(
      'customer', subscription.stripe_customer_id, 'company', tenant.name, 'status', subscription.status,
      'subscription', subscription.stripe_subscription_id, 'trial_ends_at', subscription.trial_ends_at
    )
    from public.subscriptions as subscription
    join public.tenants as tenant on tenant.id = subscription.tenant_id
    where subscription.tenant_id = p_tenant
  );
end
$$;

create function backend.record_customer(p_tenant uuid, p_customer text) returns void
language sql security definer set search_path = '' as $$
-- The first customer stays: two clicks at once must not make two.
  update public.subscriptions set stripe_customer_id = p_customer
  where tenant_id = p_tenant and stripe_customer_id is null;
$$;

-- Row-level security

alter table public.plans enable row level security;
alter table public.subscriptions enable row level security;

create policy "Plans are seen by everybody who is signed in" on public.plans
for select to authenticated using ((select auth.uid()) is not null);

create policy "The subscription is seen by owners and managers" on public.subscriptions
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('billing.read')));

-- Grants

grant select on public.plans, public.subscriptions to authenticated;
grant execute on function
  backend.stripe_account(uuid, uuid), backend.save_stripe_account(uuid, uuid, text, boolean),
  backend.update_stripe_account(text, jsonb), backend.start_refund(uuid, uuid, uuid, uuid, bigint, text),
  backend.record_refund(uuid, uuid, text, text, text), backend.start_billing(uuid, uuid), backend.record_customer(uuid, text)
to fieldlite_portal;
grant execute on function
  backend.stripe_tenant(text), backend.stripe_customer_tenant(text),
  backend.receive_stripe_event(uuid, text, text, jsonb, bytea)
to fieldlite_webhook, fieldlite_worker;
grant execute on function
  backend.stripe_accounts_to_reconcile(), backend.unfinished_refunds(), backend.record_refund(uuid, uuid, text, text, text)
to fieldlite_worker;
