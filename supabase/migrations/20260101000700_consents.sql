-- Why: whether we may text a number is a matter of law and belongs to the number, not to the contact. The ledger only grows;
-- its newest line for (company, address, channel, purpose) is what holds.

-- Types

create type public.consent_channel as enum ('sms', 'voice', 'email', 'whatsapp');
create type public.consent_purpose as enum ('transactional', 'marketing', 'recording');
create type public.consent_status as enum ('granted', 'revoked');
create type public.consent_source as enum ('keyword', 'provider', 'person', 'form', 'import');

-- Tables

create table public.consents (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  address text not null check (length(address) between 1 and 320),
  channel public.consent_channel not null,
  purpose public.consent_purpose not null,
  status public.consent_status not null,
  source public.consent_source not null,
  text_version text,
  line bigint not null generated always as identity,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id)
);
comment on table public.consents is 'The consent ledger: append-only, the newest line holds. No line means unknown.';
comment on column public.consents.line is 'Order of the lines; time alone does not order two lines of one transaction.';

-- Indexes

create index consents_newest on public.consents (tenant_id, address, channel, purpose, line desc);

-- Functions

create function private.consent_status(
  p_tenant uuid, p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose
) returns public.consent_status
language sql stable set search_path = '' as $$
  select consent.status
  from public.consents as consent
  where consent.tenant_id = p_tenant
    and consent.address = p_address
    and consent.channel = p_channel
    and consent.purpose = p_purpose
  order by consent.line desc
  limit 1;
$$;

create function private.text_refusal(p_tenant uuid, p_number text, p_purpose public.consent_purpose) returns text
language sql stable set search_path = '' as $$
-- Why a text must not go to this number now, as a stable code; null when it may.
  select case private.consent_status(p_tenant, p_number, 'sms', p_purpose)
    when 'revoked' then 'opted_out'
    when 'granted' then null
    else case when p_purpose = 'marketing' then 'no_consent' end
  end;
$$;

create function private.record_consent(
  p_tenant uuid, p_number text, p_status public.consent_status, p_source public.consent_source
) returns void
language plpgsql set search_path = '' as $$
-- STOP revokes every purpose of the number. START brings back what the number itself had: transactional texts, and the other
-- purposes only where they were once granted (47 CFR 64.1200: marketing needs prior express written consent).
-- A line that would repeat the newest one is not written.
declare
  each_purpose public.consent_purpose;
  newest public.consent_status;
begin
  foreach each_purpose in array enum_range(null::public.consent_purpose) loop
    newest := private.consent_status(p_tenant, p_number, 'sms', each_purpose);
    continue when newest is not distinct from p_status;
    continue when p_status = 'granted' and each_purpose <> 'transactional' and not exists (
      select from public.consents as earlier
      where earlier.tenant_id = p_tenant and earlier.address = p_number and earlier.channel = 'sms'
        and earlier.purpose = each_purpose and earlier.status = 'granted'
    );
    insert into public.consents (tenant_id, address, channel, purpose, status, source)
    values (p_tenant, p_number, 'sms', each_purpose, p_status, p_source);
  end loop;
end
$$;

-- Row-level security

alter table public.consents enable row level security;

create policy "Consents are seen by the office and the bookkeeper" on public.consents
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('conversations.read')));

-- Grants

grant select on public.consents to authenticated;
