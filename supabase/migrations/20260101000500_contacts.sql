-- Why: a contact is a person that the company deals with, perhaps for an organization, reached by several telephone numbers; a
-- number may belong to several contacts (couples, landlords), so it is never unique.

-- Types

create type public.contact_type as enum ('lead', 'customer', 'vendor', 'partner');
create type public.phone_type as enum ('mobile', 'home', 'work', 'other');
create type public.line_type as enum ('mobile', 'landline', 'voip', 'toll_free', 'unknown');

-- Tables

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  name text not null check (length(btrim(name)) between 1 and 200),
  phone public.e164,
  website text check (length(website) between 1 and 300),
  notes text check (length(notes) <= 10000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  unique (tenant_id, id)
);
comment on table public.organizations is 'Firms that contacts belong to: customers'' firms, suppliers, landlords.';

create table public.contacts (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  type public.contact_type not null default 'lead',
  name text check (length(btrim(name)) between 1 and 200),
  sort_name text not null generated always as (lower(coalesce(name, ''))) stored,
  organization_id uuid,
  job_title text check (length(job_title) between 1 and 120),
  source text check (length(source) between 1 and 120),
  custom_values jsonb not null default '{}' check (jsonb_typeof(custom_values) = 'object'),
  merged_into_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  erased_at timestamptz,
  unique (tenant_id, id),
  foreign key (tenant_id, organization_id) references public.organizations (tenant_id, id),
  foreign key (tenant_id, merged_into_id) references public.contacts (tenant_id, id),
  check (merged_into_id is null or deleted_at is not null)
);
comment on column public.contacts.name is 'Null until somebody says who it is: screens show the number instead.';
comment on column public.contacts.source is 'Where they came from, in the company''s own words.';
comment on column public.contacts.custom_values is 'By the id of the custom field.';
comment on column public.contacts.erased_at is 'When the person was erased: a name without a person stays for the invoices'' sake, unchangeable.';
comment on column public.contacts.merged_into_id is 'The contact that this one became part of; a merged contact counts as deleted.';

create table public.contact_phones (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid not null,
  e164 public.e164,
  raw text not null check (length(raw) between 1 and 64),
  extension text check (length(extension) between 1 and 12),
  label text check (length(label) between 1 and 40),
  type public.phone_type not null default 'mobile',
  line_type public.line_type not null default 'unknown',
  is_primary boolean not null default false,
  valid boolean not null generated always as (e164 is not null) stored,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  unique (tenant_id, contact_id, e164)
);
comment on column public.contact_phones.created_at is 'Orders a contact''s numbers, also those that one form brought.';
comment on column public.contact_phones.e164 is 'Null when what was entered (raw) is no telephone number: kept, never dropped.';

-- Indexes

create index organizations_list on public.organizations (tenant_id, name, id);
create index organizations_name on public.organizations (tenant_id, lower(name));
create index contacts_list on public.contacts (tenant_id, created_at desc, id desc);
create index contacts_by_name on public.contacts (tenant_id, sort_name, id) where deleted_at is null;
create index contacts_organization on public.contacts (tenant_id, organization_id) where organization_id is not null;
create index contacts_merged on public.contacts (tenant_id, merged_into_id) where merged_into_id is not null;
create index contact_phones_number on public.contact_phones (tenant_id, e164);

-- Triggers

create trigger touch before update on public.organizations for each row execute function private.touch_tenant_row();
create trigger touch before update on public.contacts for each row execute function private.touch_tenant_row();
create trigger touch before update on public.contact_phones for each row execute function private.touch_tenant_row();

-- Functions

create function private.is_person_number(p_number text) returns boolean
language plpgsql immutable set search_path = '' as $$
-- Whether a sender can be a person: not a short code, not a name, and none of the stand-ins that carriers give for withheld
-- numbers (ANONYMOUS, RESTRICTED, BLOCKED, UNAVAILABLE, UNKNOWN typed on a telephone keypad).
begin
  return coalesce(p_number ~ '^\+[1-9][0-9]{6,14}$', false)
    and p_number not in ('+266696687', '+7378742833', '+2562533', '+86282452253', '+8656696');
end
$$;

create function private.owners_of_number(p_tenant uuid, p_number text) returns uuid[]
language plpgsql stable set search_path = '' as $$
-- The contacts of a company that have this number, at most two: more makes no difference to anybody.
begin
  return (
    select coalesce(array_agg(owner.id), '{}')
    from (
      select distinct contact.id
      from public.contact_phones as phone
      join public.contacts as contact on contact.tenant_id = phone.tenant_id and contact.id = phone.contact_id
      where phone.tenant_id = p_tenant and phone.e164 = p_number and contact.deleted_at is null
      limit 2
    ) as owner
  );
end
$$;

create function private.find_or_create_lead(p_tenant uuid, p_number text) returns uuid
language plpgsql set search_path = '' as $$
-- The one contact that has the number; a new lead when nobody has it; null when several have it or it is no person's number.
declare
  owners uuid[] := private.owners_of_number(p_tenant, p_number);
  lead uuid;
begin
  if cardinality(owners) = 0 and private.is_person_number(p_number) then
    -- Two first texts of one person at once, perhaps to two of our numbers, must make one lead.
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(p_tenant::text || p_number, 0));
    owners := private.owners_of_number(p_tenant, p_number);
    if cardinality(owners) = 0 then
      insert into public.contacts (tenant_id, type) values (p_tenant, 'lead') returning id into lead;
      insert into public.contact_phones (tenant_id, contact_id, e164, raw, is_primary)
      values (p_tenant, lead, p_number, p_number, true);
      return lead;
    end if;
  end if;
  return case when cardinality(owners) = 1 then owners[1] end;
end
$$;

-- Row-level security

alter table public.organizations enable row level security;
alter table public.contacts enable row level security;
alter table public.contact_phones enable row level security;

create policy "Organizations are seen by the office and the bookkeeper" on public.organizations
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and deleted_at is null);

create policy "Organizations are added by the office" on public.organizations
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Organizations are changed by the office" on public.organizations
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')) and deleted_at is null)
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Contacts are seen by the office and the bookkeeper" on public.contacts
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and deleted_at is null);

create policy "Contacts are added by the office" on public.contacts
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Contacts are changed by the office" on public.contacts
for update to authenticated
using (
  tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')) and deleted_at is null and erased_at is null
)
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Numbers of contacts are seen by the office and the bookkeeper" on public.contact_phones
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

create policy "Numbers of contacts are added by the office" on public.contact_phones
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Numbers of contacts are changed by the office" on public.contact_phones
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')))
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Numbers of contacts are removed by the office" on public.contact_phones
for delete to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

-- Grants. What lines a number can take is the provider's to say.

grant select on public.organizations, public.contacts, public.contact_phones to authenticated;
grant insert (id, name, phone, website, notes), update (name, phone, website, notes) on public.organizations to authenticated;
grant insert (id, type, name, organization_id, job_title, source, custom_values),
  update (type, name, organization_id, job_title, source, custom_values)
on public.contacts to authenticated;
grant insert (id, contact_id, e164, raw, extension, label, type, is_primary),
  update (e164, raw, extension, label, type, is_primary), delete
on public.contact_phones to authenticated;
