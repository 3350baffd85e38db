-- Why: a company that leaves must be able to leave nothing behind. Deleting it takes longer than one transaction, so each step of
-- scripts/erase-tenant can be broken off and done again; what was done is counted where the company's end does not reach.

-- Tables

create table private.erasure_certificates (
  tenant_id uuid primary key,
  name text,
  began_at timestamptz not null default now(),
  people uuid[] not null,
  deleted jsonb not null default '{}',
  finished_at timestamptz,
  certificate jsonb,
  certificate_hash text
);
comment on table private.erasure_certificates is
  'Erased companies, by an id that says nothing any more. Name and people are there until the erasure is finished.';
comment on column private.erasure_certificates.people is 'Members whose log-ins are still to be looked at.';
comment on column private.erasure_certificates.deleted is 'How much went until now, by table; files and accounts beside them.';
alter table private.erasure_certificates enable row level security;

-- Functions for the operator's role; nobody else may call them

create function private.people_only_of(p_tenant uuid) returns uuid[]
language sql stable set search_path = '' as $$
-- Members who work and worked for no other company.
  select coalesce(array_agg(member.user_id), '{}')
  from public.memberships as member
  where member.tenant_id = p_tenant and not exists (
    select from public.memberships as elsewhere where elsewhere.user_id = member.user_id and elsewhere.tenant_id <> p_tenant
  );
$$;

create function private.begin_tenant_erasure(p_tenant uuid) returns void
language plpgsql set search_path = '' as $$
-- Shuts the company's doors (nobody may act for it, no webhook is its own, no link opens), once; a company that still pays for
-- FieldLite is refused, as its subscription would go on without it.
begin
  if exists (
    select from public.subscriptions
    where tenant_id = p_tenant and stripe_subscription_id is not null and status not in ('canceled', 'incomplete')
  ) then
    raise exception 'The company''s subscription is still running. Cancel it in Stripe first.';
  end if;
  insert into private.erasure_certificates (tenant_id, name, people)
  select id, name, private.people_only_of(p_tenant) from public.tenants where id = p_tenant
  on conflict (tenant_id) do nothing;
  update public.memberships set deactivated_at = now() where tenant_id = p_tenant and deactivated_at is null;
  update public.document_links set revoked_at = now() where tenant_id = p_tenant and revoked_at is null;
  delete from public.twilio_settings where tenant_id = p_tenant;
  delete from public.stripe_accounts where tenant_id = p_tenant;
  delete from background.procrastinate_jobs where args ->> 'tenant_id' = p_tenant::text and status = 'todo';
end
$$;

create function private.record_tenant_erasure(p_tenant uuid, p_what text, p_count bigint) returns void
language sql set search_path = '' as $$
  update private.erasure_certificates
  set deleted = deleted || jsonb_build_object(p_what, coalesce((deleted ->> p_what)::bigint, 0) + p_count)
  where tenant_id = p_tenant and finished_at is null;
$$;

create function private.delete_tenant(p_tenant uuid) returns void
language plpgsql set search_path = '' as $$
-- The company's own row, last and with all keys checked: raises foreign_key_violation when something points at it again.
begin
  delete from public.tenants where id = p_tenant;
  if found then
    perform private.record_tenant_erasure(p_tenant, 'public.tenants', 1);
  end if;
end
$$;

create function private.release_person(p_tenant uuid, p_user uuid) returns boolean
language plpgsql set search_path = '' as $$
-- Deletes the person's profile; false when they joined another company meanwhile, or rows of one name them as their author.
begin
  if exists (select from public.memberships where user_id = p_user) then
    return false;
  end if;
  delete from public.user_profiles where id = p_user;
  if found then
    perform private.record_tenant_erasure(p_tenant, 'public.user_profiles', 1);
  end if;
  return true;
exception
  when foreign_key_violation then
    return false;
end
$$;

create function private.record_person_erased(p_tenant uuid, p_user uuid) returns void
language sql set search_path = '' as $$
  update private.erasure_certificates set people = array_remove(people, p_user) where tenant_id = p_tenant;
$$;

create function private.finish_tenant_erasure(p_tenant uuid) returns jsonb
language plpgsql set search_path = '' as $$
-- Returns {certificate, certificate_hash}; the same again returns the same.
declare
  erased private.erasure_certificates;
begin
  update private.erasure_certificates
  set finished_at = clock_timestamp(), name = null, people = '{}',
      certificate = jsonb_build_object(
        'company', tenant_id, 'began_at', began_at, 'finished_at', clock_timestamp(), 'deleted', deleted
      )
  where tenant_id = p_tenant and finished_at is null;
  update private.erasure_certificates
  set certificate_hash = encode(extensions.digest(certificate::text, 'sha256'), 'hex')
  where tenant_id = p_tenant
  returning * into erased;
  return jsonb_build_object('certificate', erased.certificate, 'certificate_hash', erased.certificate_hash);
end
$$;
