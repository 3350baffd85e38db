-- Why: a contact is reached and visited in several ways. E-mail addresses and the places where work is done hang on it as rows;
-- a place has its own time zone, because "8 to 10" means eight where the boiler is.

-- Shapes

create function private.is_email(p_address text) returns boolean
language sql immutable set search_path = '' as $$
  select p_address ~ '^[^@\s]+@[^@\s]+$' and length(p_address) <= 254;
$$;

create function private.company_country() returns char(2)
language sql stable set search_path = '' as $$
  select coalesce((select country from public.tenants where id = private.tenant_id()), 'US');
$$;

-- Tables

create table public.contact_emails (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid not null,
  email text not null check (private.is_email(email)),
  label text check (length(label) between 1 and 40),
  is_primary boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id)
);
comment on column public.contact_emails.email is 'As it was typed; compared in lower case.';

create table public.properties (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid,
  organization_id uuid,
  label text check (length(label) between 1 and 80),
  line1 text check (length(line1) between 1 and 200),
  line2 text check (length(line2) between 1 and 200),
  city text check (length(city) between 1 and 120),
  region text check (length(region) between 1 and 120),
  postal_code text check (length(postal_code) between 1 and 20),
  country char(2) not null default private.company_country() check (country ~ '^[A-Z]{2}$'),
  timezone text,
  gate_code text check (length(gate_code) between 1 and 60),
  notes text check (length(notes) <= 10000),
  latitude numeric(9, 6) check (latitude between -90 and 90),
  longitude numeric(9, 6) check (longitude between -180 and 180),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, organization_id) references public.organizations (tenant_id, id),
  unique (tenant_id, id),
  check (num_nonnulls(contact_id, organization_id) > 0)
);
comment on table public.properties is 'Places where work is done.';
comment on column public.properties.timezone is 'Null where it is the company''s.';

-- Indexes

create unique index contact_emails_contact on public.contact_emails (tenant_id, contact_id, lower(email));
create index contact_emails_address on public.contact_emails (tenant_id, lower(email));
create index properties_contact on public.properties (tenant_id, contact_id) where contact_id is not null;
create index properties_organization on public.properties (tenant_id, organization_id) where organization_id is not null;

-- Functions

create function private.keep_one_primary() returns trigger
language plpgsql set search_path = '' as $$
begin
  execute format(
    'update public.%I set is_primary = false where tenant_id = $1 and contact_id = $2 and id <> $3 and is_primary', tg_table_name
  ) using new.tenant_id, new.contact_id, new.id;
  return null;
end
$$;
comment on function private.keep_one_primary() is
  'After a number or address became the primary one of its contact: the others no longer are.';

create function private.check_timezone() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not private.is_timezone(new.timezone) then
    raise sqlstate 'PT422' using message = 'Choose a time zone from the list.', detail = 'bad_timezone';
  end if;
  return new;
end
$$;

-- Triggers

create trigger touch before update on public.contact_emails for each row execute function private.touch_tenant_row();
create trigger touch before update on public.properties for each row execute function private.touch_tenant_row();
create trigger keep_one_primary after insert or update of is_primary on public.contact_phones
for each row when (new.is_primary) execute function private.keep_one_primary();
create trigger keep_one_primary after insert or update of is_primary on public.contact_emails
for each row when (new.is_primary) execute function private.keep_one_primary();
create trigger check_timezone before insert or update of timezone on public.properties
for each row when (new.timezone is not null) execute function private.check_timezone();

-- Row-level security

alter table public.contact_emails enable row level security;
alter table public.properties enable row level security;

create policy "Addresses of contacts are seen by the office and the bookkeeper" on public.contact_emails
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

create policy "Addresses of contacts are added by the office" on public.contact_emails
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Addresses of contacts are changed by the office" on public.contact_emails
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')))
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Addresses of contacts are removed by the office" on public.contact_emails
for delete to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Properties are seen by the office and the bookkeeper" on public.properties
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and deleted_at is null);

create policy "Properties are added by the office" on public.properties
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Properties are changed by the office" on public.properties
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')) and deleted_at is null)
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

-- Grants

grant select on public.contact_emails, public.properties to authenticated;
grant insert (id, contact_id, email, label, is_primary), update (email, label, is_primary), delete
on public.contact_emails to authenticated;
grant insert (
    id, contact_id, organization_id, label, line1, line2, city, region, postal_code, country, timezone, gate_code, notes,
    latitude, longitude
  ),
  update (
    contact_id, organization_id, label, line1, line2, city, region, postal_code, country, timezone, gate_code, notes,
    latitude, longitude
  )
on public.properties to authenticated;
grant execute on function
  private.is_email(text), private.company_country(), private.is_timezone(text), private.are_one_contact(uuid, uuid, uuid)
to authenticated;
