-- Why: the customer has a link and no log-in. A link opens one invoice and nothing else; what it opens is decided here, by the
-- hash of its secret, and the secret itself is kept nowhere but in the text that carried it.

-- Tables

create table public.document_links (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  invoice_id uuid not null,
  token_hash bytea not null unique,
  expires_at timestamptz not null default now() + interval '90 days',
  revoked_at timestamptz,
  view_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, invoice_id) references public.invoices (tenant_id, id),
  unique (tenant_id, id)
);

alter table public.payments
  add column document_link_id uuid,
  add foreign key (tenant_id, document_link_id) references public.document_links (tenant_id, id);
comment on column public.payments.document_link_id is
  'The link that the customer came by and Stripe''s page leads back to.';

create index payments_link on public.payments (tenant_id, document_link_id) where document_link_id is not null;
create index document_links_invoice on public.document_links (tenant_id, invoice_id, created_at);

create trigger touch before update on public.document_links for each row execute function private.touch_tenant_row();

-- What browsers call

create function private.create_invoice_link(p_invoice uuid) returns text
language plpgsql security definer set search_path = '' as $$
-- Returns the secret of a new link: 43 characters of base64url, 256 random bits. Earlier links stay good until they expire.
declare
  invoice public.invoices := private.my_invoice(p_invoice, 'invoices.write');
  token constant text := translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/=', '-_');
begin
  if invoice.status <> 'issued' then
    raise sqlstate 'PT409' using message = 'Issue the invoice first, then send its link.', detail = 'invoice_not_issued';
  end if;
  insert into public.document_links (tenant_id, invoice_id, token_hash, created_by)
  values (invoice.tenant_id, invoice.id, extensions.digest(token, 'sha256'), auth.uid());
  return token;
end
$$;

create function private.revoke_invoice_links(p_invoice uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  invoice public.invoices := private.my_invoice(p_invoice, 'invoices.write');
begin
  update public.document_links set revoked_at = now()
  where tenant_id = invoice.tenant_id and invoice_id = invoice.id and revoked_at is null;
end
$$;

create function public.create_invoice_link(p_invoice uuid) returns text
language sql set search_path = '' as $$
  select private.create_invoice_link(p_invoice);
$$;
comment on function public.create_invoice_link is 'Returns the secret of a new link to an issued invoice; it is shown once.';

create function public.revoke_invoice_links(p_invoice uuid) returns void
language sql set search_path = '' as $$
  select private.revoke_invoice_links(p_invoice);
$$;
comment on function public.revoke_invoice_links is 'Ends every link to the invoice.';

-- What the portal calls

create function private.open_link(p_token_hash bytea) returns public.document_links
language plpgsql set search_path = '' as $$
-- The link with this hash, or a null row; slow down whoever asks for one too often.
declare
  link public.document_links;
begin
  select * into link from public.document_links where token_hash = p_token_hash;
  if found and not private.take_token('link:' || link.id, 1, 60) then
    raise sqlstate 'PT429' using message = 'Too many tries. Wait a minute and try again.', detail = 'too_fast';
  end if;
  return link;
end
$$;

create function private.payable_cents(p_invoice public.invoices) returns bigint
language sql stable set search_path = '' as $$
-- What may still be paid: the balance less what is on its way.
  select greatest(
    0,
    p_invoice.total_cents
      - (
        select coalesce(sum(amount_cents), 0) from public.payment_allocations
        where tenant_id = p_invoice.tenant_id and invoice_id = p_invoice.id
      )
      - (
        select coalesce(sum(amount_cents), 0) from public.payments
        where tenant_id = p_invoice.tenant_id and invoice_id = p_invoice.id and status = 'processing'
      )
  )::bigint;
$$;

create function private.payment_obstacle(p_invoice public.invoices) returns text
language sql stable set search_path = '' as $$
-- Why the invoice cannot be paid online now, as a stable code; null when it can.
  select case
    when p_invoice.status <> 'issued' then 'void'
    when private.payable_cents(p_invoice) = 0 then case
      when exists (
        select from public.payments
        where tenant_id = p_invoice.tenant_id and invoice_id = p_invoice.id and status = 'processing'
      ) then 'processing'
      else 'paid'
    end
    when private.payable_cents(p_invoice) < 50 then 'too_small'
    when not exists (
      select from public.stripe_accounts
      where tenant_id = p_invoice.tenant_id and charges_enabled and deauthorized_at is null
    ) then 'not_ready'
  end;
$$;

create function backend.portal_invoice(p_token_hash bytea, p_viewed boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
-- Everything that the customer's page shows; null for an unknown link. p_viewed: a person opened it, for the first time perhaps.
declare
  link public.document_links := private.open_link(p_token_hash);
begin
  if link.id is null then
    return null;
  end if;
  if p_viewed and link.revoked_at is null and link.expires_at > now() then
    update public.document_links set view_count = view_count + 1 where id = link.id;
    update public.invoices set viewed_at = now()
    where tenant_id = link.tenant_id and id = link.invoice_id and viewed_at is null;
  end if;
  -- One statement, so one moment: a payment that arrives meanwhile must not show as paid beside a button to pay.
  return (
    select jsonb_build_object(
      'state', case when link.revoked_at is not null then 'revoked' when link.expires_at <= now() then 'expired' else 'ok' end,
      'tenant_id', tenant.id,
      'company', jsonb_build_object(
        'name', tenant.name, 'country', tenant.country, 'timezone', tenant.timezone, 'locale', tenant.locale,
        'phone', (select e164 from public.phone_numbers where tenant_id = tenant.id order by created_at limit 1)
      ),
      'contact_name', shown.contact_name,
      'invoice', to_jsonb(shown) - array['tenant_id', 'contact_id', 'contact_name', 'contact_number', 'version'],
      'items', (
        select coalesce(
          jsonb_agg(
            jsonb_build_object(
              'description', item.description, 'quantity', item.quantity, 'unit_price', item.unit_price,
              'amount_cents', item.amount_cents
            )
            order by item.position, item.id
          ),
          '[]'
        )
        from public.invoice_items as item where item.tenant_id = tenant.id and item.invoice_id = invoice.id
      ),
      'payments', (
        select coalesce(
          jsonb_agg(
            jsonb_build_object(
              'amount_cents', paid.amount_cents, 'status', paid.status, 'method', paid.method,
              'created_at', coalesce(paid.succeeded_at, paid.created_at), 'refunded_cents', paid.refunded_cents,
              'dispute_status', paid.dispute_status
            )
            order by paid.created_at, paid.id
          ),
          '[]'
        )
        from public.payment_list as paid
        where paid.tenant_id = tenant.id and paid.invoice_id = invoice.id and paid.status in ('processing', 'succeeded')
      ),
      'payable_cents', private.payable_cents(invoice),
      'can_pay', why_not.obstacle is null,
      'why_not', why_not.obstacle
    )
    from public.invoices as invoice
    join public.invoice_list as shown on shown.tenant_id = invoice.tenant_id and shown.id = invoice.id
    join public.tenants as tenant on tenant.id = invoice.tenant_id
    cross join lateral (select private.payment_obstacle(invoice) as obstacle) as why_not
    where invoice.tenant_id = link.tenant_id and invoice.id = link.invoice_id
  );
end
$$;

create function backend.start_payment(p_token_hash bytea, p_amount_cents bigint) returns jsonb
language plpgsql security definer set search_path = '' as $$
-- Starts one attempt to pay (null: all that is payable). The same amount by the same link as the newest attempt's within 50 minutes
-- is that attempt, so that a double click is one charge; another amount or link supersedes it. Checkout sessions end 60 minutes after the attempt began. Stripe takes no session that ends in
-- less than 30 minutes, so an attempt that got none in its first 25 is left behind.
declare
  link public.document_links := private.open_link(p_token_hash);
  invoice public.invoices;
  obstacle text;
  payable bigint;
  amount bigint;
  attempt public.payments;
  older_session text;
begin
  if link.id is null or link.revoked_at is not null or link.expires_at <= now() then
    raise sqlstate 'PT410' using message = 'This link is no longer good. Ask for a new one.', detail = 'link_ended';
  end if;
  select * into invoice from public.invoices where tenant_id = link.tenant_id and id = link.invoice_id for no key update;
  obstacle := private.payment_obstacle(invoice);
  if obstacle is not null then
    raise sqlstate 'PT409' using
      message = case obstacle
        when 'void' then 'This invoice was withdrawn. There is nothing to pay.'
        when 'paid' then 'This invoice is paid already. Thank you!'
        when 'processing' then 'Your bank payment is on its way. There is nothing more to pay now.'
        when 'too_small' then 'What is left is too little to pay online. Please pay it another way.'
        else 'Online payment is not ready yet. Please pay another way, or try again later.'
      end,
      detail = obstacle;
  end if;
  payable := private.payable_cents(invoice);
  amount := coalesce(p_amount_cents, payable);
  if amount > payable then
    raise sqlstate 'PT422' using message = 'That is more than what is left to pay.', detail = 'amount_too_large';
  elsif amount < 50 then
    raise sqlstate 'PT422' using message = 'The smallest payment is 0.50.', detail = 'amount_too_small';
  elsif amount < payable and not invoice.allows_partial_payment then
    raise sqlstate 'PT422' using message = 'This invoice is paid in one payment.', detail = 'no_partial_payment';
  end if;
  select * into attempt from public.payments
  where tenant_id = invoice.tenant_id and invoice_id = invoice.id and status = 'pending'
    and created_at > now() - interval '60 minutes'
  order by created_at desc, id
  limit 1;
  if (attempt.amount_cents, attempt.document_link_id) is distinct from (amount, link.id) or attempt.created_at < now() - (
    case when attempt.checkout_session_id is null then interval '25 minutes' else interval '50 minutes' end
  ) then
    older_session := attempt.checkout_session_id;
    insert into public.payments (tenant_id, invoice_id, document_link_id, amount_cents, currency, livemode, created_at)
    select invoice.tenant_id, invoice.id, link.id, amount, invoice.currency, account.livemode, clock_timestamp()
    from public.stripe_accounts as account
    where account.tenant_id = invoice.tenant_id
    returning * into attempt;
  end if;
  return (
    select jsonb_build_object(
      'payment_id', attempt.id, 'tenant_id', attempt.tenant_id, 'stripe_account_id', account.stripe_account_id,
      'amount_cents', attempt.amount_cents, 'currency', attempt.currency, 'number', invoice.number,
      'company', tenant.name, 'contact_name', contact.name, 'supersedes', older_session,
      'expires_at', extract(epoch from attempt.created_at + interval '60 minutes')::bigint
    )
    from public.tenants as tenant
    join public.stripe_accounts as account on account.tenant_id = tenant.id
    left join public.contacts as contact on contact.tenant_id = tenant.id and contact.id = invoice.contact_id
    where tenant.id = attempt.tenant_id
  );
end
$$;

create function backend.record_checkout(p_tenant uuid, p_payment uuid, p_session text, p_payment_intent text) returns void
language sql security definer set search_path = '' as $$
-- The Checkout session of an attempt; the same again changes nothing.
  update public.payments
  set checkout_session_id = p_session, payment_intent_id = coalesce(payment_intent_id, p_payment_intent)
  where tenant_id = p_tenant and id = p_payment and checkout_session_id is distinct from p_session;
$$;

-- Row-level security

alter table public.document_links enable row level security;

create policy "Links to documents are seen by the money area" on public.document_links
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

-- Grants. The hash stays inside.

grant select (id, tenant_id, invoice_id, expires_at, revoked_at, view_count, created_at, version, created_by)
on public.document_links to authenticated;
grant execute on function
  private.create_invoice_link(uuid), private.revoke_invoice_links(uuid),
  public.create_invoice_link(uuid), public.revoke_invoice_links(uuid)
to authenticated;
grant execute on function
  backend.portal_invoice(bytea, boolean), backend.start_payment(bytea, bigint),
  backend.record_checkout(uuid, uuid, text, text)
to fieldlite_portal;
