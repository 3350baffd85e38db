-- Why: an invoice is a promise in writing. Its number is given when it is issued, without gaps; from then on its content stands.
-- Totals are computed here, never taken from a client.

-- Who may: the money area's people read; those who run the office and the books write; the books' people give money back.

insert into private.permissions (permission, role)
select grants.permission, unnest(grants.roles)::public.member_role
from (
  values
    ('invoices.read', '{owner,manager,dispatcher,bookkeeper}'::text[]),
    ('invoices.write', '{owner,manager,dispatcher,bookkeeper}'),
    ('payments.refund', '{owner,manager,bookkeeper}'),
    ('billing.read', '{owner,manager}'),
    ('billing.write', '{owner}')
) as grants (permission, roles);

-- Types

create type public.invoice_status as enum ('draft', 'issued', 'void', 'written_off');

-- Tables

create table private.number_counters (
  tenant_id uuid not null references public.tenants (id),
  document text not null,
  last_number bigint not null default 0,
  primary key (tenant_id, document)
);
comment on table private.number_counters is
  'The last number of each kind of document; its row stays locked until the issuing transaction ends, so there are no gaps.';
alter table private.number_counters enable row level security;

create function private.company_currency() returns char(3)
language sql stable set search_path = '' as $$
  select coalesce((select currency from public.tenants where id = private.tenant_id()), 'USD');
$$;

create table public.invoices (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid not null,
  number bigint,
  status public.invoice_status not null default 'draft',
  currency char(3) not null default private.company_currency(),
  total_cents bigint not null default 0,
  due_on date,
  memo text check (length(memo) <= 2000),
  allows_partial_payment boolean not null default true,
  issued_at timestamptz,
  issued_on date,
  voided_at timestamptz,
  viewed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  unique (tenant_id, id),
  unique (tenant_id, number),
  check ((number is null) = (status = 'draft')),
  check (status <> 'issued' or total_cents > 0)
);
comment on column public.invoices.number is 'Given at issue, never reused; a void invoice keeps it. Drafts have none.';
comment on column public.invoices.total_cents is 'Sum of the items'' amounts in minor units, kept by trigger.';

create table public.invoice_items (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  invoice_id uuid not null,
  position integer not null default 1,
  description text not null check (length(btrim(description)) between 1 and 500),
  quantity numeric(12, 3) not null default 1 check (quantity > 0),
  unit_price numeric(12, 4) not null check (unit_price >= 0),
  amount_cents bigint not null generated always as (round(quantity * unit_price * 100)::bigint) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  foreign key (tenant_id, invoice_id) references public.invoices (tenant_id, id)
);
comment on column public.invoice_items.unit_price is 'In major units with up to four decimals; PostgreSQL rounds half away from zero.';

-- Indexes

create index invoices_list on public.invoices (tenant_id, created_at desc, id desc);
create index invoices_contact on public.invoices (tenant_id, contact_id, created_at desc);
create index invoice_items_invoice on public.invoice_items (tenant_id, invoice_id, position, id);

insert into private.transitions (machine, old_status, new_status)
values ('invoice', 'draft', 'issued'), ('invoice', 'issued', 'void'), ('invoice', 'issued', 'written_off'),
  ('invoice', 'written_off', 'issued');

-- Functions

create function private.are_one_contact(p_tenant uuid, p_first uuid, p_second uuid) returns boolean
language sql stable set search_path = '' as $$
-- Whether one of them was merged into the other.
  select exists (
    select from public.contacts
    where tenant_id = p_tenant and (id, merged_into_id) in ((p_first, p_second), (p_second, p_first))
  );
$$;

create function private.guard_invoice() returns trigger
language plpgsql set search_path = '' as $$
-- What was issued stands: only memo, due date, the mark of having been seen, and the status may change. It follows its
-- customer into a merge of contacts and back.
begin
  if old.status <> 'draft' and (
    (new.number, new.currency, new.total_cents, new.issued_at, new.issued_on)
      is distinct from (old.number, old.currency, old.total_cents, old.issued_at, old.issued_on)
    or new.contact_id <> old.contact_id and not private.are_one_contact(new.tenant_id, old.contact_id, new.contact_id)
  ) then
    raise sqlstate 'PT409' using
      message = 'An invoice that was issued cannot be changed. Void it and make a new one.', detail = 'invoice_issued';
  end if;
  return new;
end
$$;

create function private.guard_invoice_item() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  item public.invoice_items := case when tg_op = 'DELETE' then old else new end;
  state public.invoice_status;
begin
  select status into state from public.invoices
  where tenant_id = item.tenant_id and id = item.invoice_id for no key update;
  if state <> 'draft' then
    raise sqlstate 'PT409' using
      message = 'An invoice that was issued cannot be changed. Void it and make a new one.', detail = 'invoice_issued';
  end if;
  return item;
end
$$;

create function private.total_invoice() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  item public.invoice_items := case when tg_op = 'DELETE' then old else new end;
begin
  update public.invoices
  set total_cents = (
    select coalesce(sum(amount_cents), 0) from public.invoice_items
    where tenant_id = item.tenant_id and invoice_id = item.invoice_id
  )
  where tenant_id = item.tenant_id and id = item.invoice_id;
  return null;
end
$$;

create function private.next_number(p_tenant uuid, p_document text) returns bigint
language sql set search_path = '' as $$
  insert into private.number_counters as counter (tenant_id, document, last_number) values (p_tenant, p_document, 1)
  on conflict (tenant_id, document) do update set last_number = counter.last_number + 1
  returning last_number;
$$;

create function private.my_invoice(p_invoice uuid, p_permission text) returns public.invoices
language plpgsql set search_path = '' as $$
-- The invoice of the caller's company, locked for what comes next.
declare
  invoice public.invoices;
begin
  perform private.require(p_permission);
  select * into invoice from public.invoices
  where tenant_id = private.tenant_id() and id = p_invoice and deleted_at is null
  for no key update;
  if not found then
    raise sqlstate 'PT404' using message = 'That invoice does not exist.', detail = 'no_such_invoice';
  end if;
  return invoice;
end
$$;

create function private.issue_invoice(p_invoice uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
-- Returns the number. An issued invoice keeps the number that it has: pressing twice issues once.
declare
  invoice public.invoices := private.my_invoice(p_invoice, 'invoices.write');
  zone text;
begin
  if invoice.status <> 'draft' then
    return invoice.number;
  end if;
  if invoice.total_cents <= 0 then
    raise sqlstate 'PT422' using message = 'Write what the invoice is for, and an amount.', detail = 'empty_invoice';
  end if;
  select timezone into zone from public.tenants where id = invoice.tenant_id;
  update public.invoices
  set status = 'issued',
      number = private.next_number(invoice.tenant_id, 'invoice'),
      issued_at = now(),
      issued_on = (now() at time zone zone)::date,
      due_on = coalesce(due_on, (now() at time zone zone)::date + 14)
  where id = invoice.id
  returning number into invoice.number;
  return invoice.number;
end
$$;

create function private.delete_invoice(p_invoice uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  invoice public.invoices := private.my_invoice(p_invoice, 'invoices.write');
begin
  if invoice.status <> 'draft' then
    raise sqlstate 'PT409' using message = 'Only a draft can be deleted. Void the invoice instead.', detail = 'invoice_issued';
  end if;
  update public.invoices set deleted_at = now(), deleted_by = auth.uid() where id = invoice.id;
end
$$;

-- Triggers

create trigger touch before update on public.invoices for each row execute function private.touch_tenant_row();
create trigger touch before update on public.invoice_items for each row execute function private.touch_tenant_row();
create trigger guard before update on public.invoices for each row execute function private.guard_invoice();
create trigger check_status before update on public.invoices
for each row when (old.status <> new.status) execute function private.check_transition('invoice', 'invoice');
create trigger guard before insert or update or delete on public.invoice_items
for each row execute function private.guard_invoice_item();
create trigger total after insert or update or delete on public.invoice_items
for each row execute function private.total_invoice();

-- What browsers call

create function public.issue_invoice(p_invoice uuid) returns bigint
language sql set search_path = '' as $$
  select private.issue_invoice(p_invoice);
$$;
comment on function public.issue_invoice is 'Issues a draft: gives it the next number and the day. Returns the number.';

create function public.delete_invoice(p_invoice uuid) returns void
language sql set search_path = '' as $$
  select private.delete_invoice(p_invoice);
$$;
comment on function public.delete_invoice is 'Deletes a draft.';

-- Row-level security

alter table public.invoices enable row level security;
alter table public.invoice_items enable row level security;

create policy "Invoices are seen by the money area" on public.invoices
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')) and deleted_at is null);

create policy "Invoices are drafted by the office and the bookkeeper" on public.invoices
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')));

create policy "Invoices are changed by the office and the bookkeeper" on public.invoices
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')) and deleted_at is null)
with check (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')));

create policy "Invoice items are seen by the money area" on public.invoice_items
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.read')));

create policy "Invoice items are written by the office and the bookkeeper" on public.invoice_items
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')));

create policy "Invoice items are changed by the office and the bookkeeper" on public.invoice_items
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')))
with check (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')));

create policy "Invoice items are removed by the office and the bookkeeper" on public.invoice_items
for delete to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('invoices.write')));

-- Grants

grant select on public.invoices, public.invoice_items to authenticated;
grant insert (id, contact_id, due_on, memo, allows_partial_payment),
  update (contact_id, due_on, memo, allows_partial_payment)
on public.invoices to authenticated;
grant insert (id, invoice_id, position, description, quantity, unit_price),
  update (position, description, quantity, unit_price), delete
on public.invoice_items to authenticated;
grant execute on function
  private.company_currency(), private.issue_invoice(uuid), private.delete_invoice(uuid), public.issue_invoice(uuid), public.delete_invoice(uuid)
to authenticated;
