-- Why: whether we may text, call or mail somebody is a matter of law and belongs to the number or address, not to the contact.
-- The ledger only grows; its newest line for (company, address, channel, purpose) is what holds. Lines of people who were
-- erased stay under a keyed hash of the address, so that an opt-out outlives the person's data.

-- Types

create type public.consent_channel as enum ('sms', 'voice', 'email', 'whatsapp');
create type public.consent_purpose as enum ('transactional', 'marketing', 'recording');
create type public.consent_status as enum ('granted', 'revoked');
create type public.consent_source as enum (
  'keyword', 'provider', 'person', 'form', 'import', 'merge', 'undo', 'erasure'
);

-- Tables

create table public.consents (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  address text not null check (length(address) between 1 and 320),
  channel public.consent_channel not null,
  purpose public.consent_purpose not null,
  status public.consent_status not null,
  source public.consent_source not null,
  text_version text check (length(text_version) between 1 and 200),
  note text check (length(note) between 1 and 1000),
  line bigint not null generated always as identity,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id)
);
comment on table public.consents is 'The consent ledger: append-only, the newest line holds. No line means unknown.';
comment on column public.consents.address is 'E.164 or an e-mail address in lower case; hmac:<hex> once its owner was erased.';
comment on column public.consents.text_version is 'The wording that was agreed to.';
comment on column public.consents.line is 'Order of the lines; time alone does not order two lines of one transaction.';

create table private.tenant_secrets (
  tenant_id uuid primary key references public.tenants (id) on delete cascade,
  pepper bytea not null default extensions.gen_random_bytes(32)
);
comment on table private.tenant_secrets is 'The key of a company''s address hashes: without it telephone numbers could be guessed from them.';
alter table private.tenant_secrets enable row level security;

-- Indexes

create index consents_newest on public.consents (tenant_id, address, channel, purpose, line desc);

-- Functions

create function private.give_secret() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.tenant_secrets (tenant_id) values (new.id) on conflict do nothing;
  return null;
end
$$;

create trigger give_secret after insert on public.tenants for each row execute function private.give_secret();

create function private.address_hash(p_tenant uuid, p_address text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (
    select 'hmac:' || encode(extensions.hmac(convert_to(lower(p_address), 'UTF8'), secret.pepper, 'sha256'), 'hex')
    from private.tenant_secrets as secret
    where secret.tenant_id = p_tenant
  );
end
$$;

create function private.newest_line(
  p_tenant uuid, p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose
) returns public.consents
language plpgsql stable set search_path = '' as $$
-- The line that holds for an address, however it is written. Lines under the address itself are younger than those under its
-- hash: an erasure moves all of them to the hash.
declare
  address_now text := lower(btrim(p_address));
  newest public.consents;
begin
  loop
    select * into newest
    from public.consents as consent
    where consent.tenant_id = p_tenant
      and consent.address = address_now
      and consent.channel = p_channel
      and consent.purpose = p_purpose
    order by consent.line desc
    limit 1;
    exit when found or address_now like 'hmac:%' or address_now is null;
    address_now := private.address_hash(p_tenant, address_now);
  end loop;
  return newest;
end
$$;

create function private.consent_status(
  p_tenant uuid, p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose
) returns public.consent_status
language plpgsql stable set search_path = '' as $$
begin
  return (private.newest_line(p_tenant, p_address, p_channel, p_purpose)).status;
end
$$;

create function private.message_refusal(
  p_tenant uuid, p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose
) returns text
language plpgsql stable set search_path = '' as $$
-- The one rule behind everything that is sent: why it must not go to this address now, as a stable code; null when it may.
begin
  return case private.consent_status(p_tenant, p_address, p_channel, p_purpose)
    when 'revoked' then 'opted_out'
    when 'granted' then null
    else case when p_purpose = 'marketing' then 'no_consent' end
  end;
end
$$;

create function private.refusal_words(p_refusal text, p_channel public.consent_channel) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_refusal = 'opted_out' and p_channel = 'sms'
      then 'They replied STOP, so you can''t text this number. They can text START to hear from you again.'
    when p_refusal = 'opted_out' and p_channel = 'voice' then 'They asked not to be called at this number.'
    when p_refusal = 'opted_out' then 'They asked not to be written to at this address.'
    when p_refusal = 'no_consent' then 'They have not agreed to marketing. Record their consent first.'
  end;
$$;

create function private.lock_addresses(p_tenant uuid, p_addresses text[]) returns void
language plpgsql set search_path = '' as $$
-- Whoever writes into the ledger by hand or by a merge locks its addresses in one order: first the conversations, which a text
-- that comes in holds while its STOP is entered, so that no STOP is lost between the look and the line.
begin
  perform from public.conversations
  where tenant_id = p_tenant and their_number = any (p_addresses)
  order by id
  for no key update;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(p_tenant::text || address, 1))
  from (select distinct address from unnest(p_addresses) as address order by address) as ordered;
end
$$;

create function private.may_message(p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose)
returns table (allowed boolean, code text, words text)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require('conversations.read');
  code := private.message_refusal(private.tenant_id(), p_address, p_channel, p_purpose);
  words := private.refusal_words(code, p_channel);
  allowed := code is null;
  return next;
end
$$;

create function private.enter_consent(
  p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose, p_status public.consent_status,
  p_text_version text, p_note text
) returns void
language plpgsql security definer set search_path = '' as $$
-- What a person was told or has on paper. Who texted STOP can only take it back by texting START: the carrier would block us.
declare
  company constant uuid := private.tenant_id();
  their_address constant text := lower(btrim(p_address));
  newest public.consents;
begin
  perform private.require('contacts.write');
  if p_channel in ('sms', 'voice', 'whatsapp') and coalesce(their_address, '') !~ '^\+[1-9][0-9]{6,14}$' then
    raise sqlstate 'PT422' using message = 'That telephone number is not complete.', detail = 'bad_phone';
  elsif p_channel = 'email' and coalesce(their_address, '') !~ '^[^@\s]+@[^@\s]+$' then
    raise sqlstate 'PT422' using message = 'That e-mail address is not complete.', detail = 'bad_email';
  end if;
  perform private.lock_addresses(company, array[their_address]);
  newest := private.newest_line(company, their_address, p_channel, p_purpose);
  if newest.status is not distinct from p_status then
    return;
  end if;
  if p_channel = 'sms' and newest.source in ('keyword', 'provider') and newest.status = 'revoked' then
    raise sqlstate 'PT409' using
      message = 'They texted STOP. Only they can take that back, by texting START.', detail = 'keyword_stop';
  end if;
  insert into public.consents (tenant_id, address, channel, purpose, status, source, text_version, note, created_by)
  values (
    company, their_address, p_channel, p_purpose, p_status, 'person',
    nullif(btrim(p_text_version), ''), nullif(btrim(p_note), ''), auth.uid()
  );
end
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

-- What browsers call

create function public.may_message(p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose)
returns table (allowed boolean, code text, words text)
language sql stable set search_path = '' as $$
  select * from private.may_message(p_address, p_channel, p_purpose);
$$;
comment on function public.may_message is 'Whether a message of this purpose may go to the address now, and why not.';

create function public.record_consent(
  p_address text, p_channel public.consent_channel, p_purpose public.consent_purpose, p_status public.consent_status,
  p_text_version text default null, p_note text default null
) returns void
language sql set search_path = '' as $$
  select private.enter_consent(p_address, p_channel, p_purpose, p_status, p_text_version, p_note);
$$;
comment on function public.record_consent is 'Adds a line to the consent ledger; a line that repeats the newest one is not written.';

-- Grants

grant select on public.consents to authenticated;
grant execute on function
  private.may_message(text, public.consent_channel, public.consent_purpose),
  private.enter_consent(text, public.consent_channel, public.consent_purpose, public.consent_status, text, text),
  public.may_message(text, public.consent_channel, public.consent_purpose),
  public.record_consent(text, public.consent_channel, public.consent_purpose, public.consent_status, text, text)
to authenticated;
