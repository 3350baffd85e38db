-- Why: a second person joins a company only by invitation, and roles, names and ownership change only by calls that keep one
-- owner in every company. The invitation's secret travels by mail; here it is a hash.

-- Tables

create table public.invitations (
  id uuid primary key,
  tenant_id uuid not null references public.tenants (id),
  email text not null check (email = lower(email) and length(email) <= 254),
  role public.member_role not null,
  display_name text not null check (length(btrim(display_name)) between 1 and 120),
  token_hash bytea not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references public.user_profiles (id),
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  unique (tenant_id, id)
);
comment on column public.invitations.token_hash is 'SHA-256 of the secret in the mail''s link.';

-- Indexes

create index invitations_list on public.invitations (tenant_id, created_at desc, id desc);
create unique index invitations_open on public.invitations (tenant_id, email) where accepted_at is null and revoked_at is null;
create index invitations_token on public.invitations (token_hash);

-- Triggers

create function private.announce_member() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(new.tenant_id, 'settings', 'member_list', new.id, lower(tg_op), new.version);
  return null;
end
$$;

create function private.announce_tenant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(new.id, 'settings', 'tenants', new.id, 'update', new.version);
  return null;
end
$$;

create trigger touch before update on public.invitations for each row execute function private.touch_tenant_row();
create trigger announce after insert or update on public.invitations
for each row execute function private.announce_to_settings();
-- After the epoch's end (triggers fire by name), so that the new topic hears of it.
create trigger show_in_settings after insert or update on public.memberships
for each row execute function private.announce_member();
create trigger show_in_settings after update on public.tenants
for each row when (old.access_epoch = new.access_epoch) execute function private.announce_tenant();

-- Functions

create function private.invitation_state(p_invitation public.invitations) returns text
language sql stable set search_path = '' as $$
  select case
    when p_invitation.accepted_at is not null then 'used'
    when p_invitation.revoked_at is not null then 'revoked'
    when p_invitation.expires_at <= now() then 'expired'
    else 'open'
  end;
$$;

create function private.email_of(p_user uuid) returns text
language sql stable set search_path = '' as $$
-- The confirmed address of a person, in lower case; null without one.
  select lower(email) from auth.users where id = p_user and email_confirmed_at is not null;
$$;

create function private.may_invite(p_tenant uuid, p_user uuid, p_role public.member_role) returns boolean
language plpgsql stable set search_path = '' as $$
-- An invitation holds as long as its author could still make it.
begin
  return private.member_may(p_tenant, p_user, 'members.write') and (
    p_role <> 'owner' or exists (
      select from public.memberships where tenant_id = p_tenant and user_id = p_user and role = 'owner' and deactivated_at is null
    )
  );
end
$$;

create function private.accept_invitation(p_token text) returns uuid
language plpgsql security definer set search_path = '' as $$
-- Idempotent for the person who accepted; a member who was deactivated comes back with the invitation's role, an active one
-- keeps theirs.
declare
  person constant uuid := private.require_person();
  invitation public.invitations;
  state text;
begin
  if not private.take_token('accept_invitation:' || person, 1.0 / 30, 20) then
    raise sqlstate 'PT429' using message = 'Too many tries. Wait a minute and try again.', detail = 'too_fast';
  end if;
  select * into invitation from public.invitations where token_hash = extensions.digest(p_token, 'sha256');
  if not found then
    raise sqlstate 'PT404' using message = 'That invitation does not exist. Ask for a new one.', detail = 'no_such_invitation';
  end if;
  -- The company first, as every change of members does; then the invitation as it is now.
  perform from public.tenants where id = invitation.tenant_id for no key update;
  select * into invitation from public.invitations where id = invitation.id for update;
  if private.email_of(person) is distinct from invitation.email then
    raise sqlstate 'PT403' using message = 'This invitation is for another e-mail address.', detail = 'wrong_email';
  end if;
  state := private.invitation_state(invitation);
  if state = 'open' and not private.may_invite(invitation.tenant_id, invitation.created_by, invitation.role) then
    state := 'revoked';
  end if;
  if state = 'used' and invitation.accepted_by = person then
    perform private.choose_tenant(invitation.tenant_id);
    return invitation.tenant_id;
  elsif state = 'expired' then
    raise sqlstate 'PT410' using message = 'This invitation has expired. Ask for a new one.', detail = 'invitation_expired';
  elsif state <> 'open' then
    raise sqlstate 'PT409' using
      message = case state when 'used' then 'This invitation was used already.' else 'This invitation was taken back.' end,
      detail = 'invitation_' || state;
  end if;
  insert into public.user_profiles (id) values (person) on conflict (id) do nothing;
  insert into public.memberships as member (tenant_id, user_id, role, display_name, created_by)
  values (invitation.tenant_id, person, invitation.role, invitation.display_name, invitation.created_by)
  on conflict (tenant_id, user_id) do update
  set role = excluded.role, deactivated_at = null
  where member.deactivated_at is not null;
  update public.invitations set accepted_at = now(), accepted_by = person where id = invitation.id;
  perform private.choose_tenant(invitation.tenant_id);
  return invitation.tenant_id;
end
$$;

create function private.revoke_invitation(p_invitation uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  invitation public.invitations;
begin
  perform private.require('members.write');
  select * into invitation from public.invitations
  where tenant_id = private.tenant_id() and id = p_invitation for update;
  if not found then
    raise sqlstate 'PT404' using message = 'That invitation does not exist.', detail = 'no_such_invitation';
  end if;
  if invitation.accepted_at is not null then
    raise sqlstate 'PT409' using message = 'This invitation was used already.', detail = 'invitation_used';
  end if;
  update public.invitations set revoked_at = now() where id = p_invitation and revoked_at is null;
end
$$;

create function private.hand_over_ownership(p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  company constant uuid := private.hold_company();
begin
  if private.member_role() is distinct from 'owner' then
    raise sqlstate 'PT403' using message = 'Only an owner can hand the company over.', detail = 'not_allowed';
  end if;
  if p_user = auth.uid() or not exists (
    select from public.memberships where tenant_id = company and user_id = p_user and deactivated_at is null
  ) then
    raise sqlstate 'PT404' using message = 'Choose somebody else who works here.', detail = 'no_such_member';
  end if;
  update public.memberships set role = 'owner' where tenant_id = company and user_id = p_user;
  update public.memberships set role = 'manager' where tenant_id = company and user_id = auth.uid();
end
$$;

create function private.leave_tenant() returns void
language plpgsql security definer set search_path = '' as $$
declare
  company constant uuid := private.hold_company();
begin
  if company is null then
    raise sqlstate 'PT404' using message = 'You do not work for that company.', detail = 'no_such_company';
  end if;
  if private.member_role() = 'owner' then
    perform private.require_other_owner(company, auth.uid());
  end if;
  update public.memberships set deactivated_at = now() where tenant_id = company and user_id = auth.uid();
  delete from private.session_tenants where tenant_id = company and user_id = auth.uid();
end
$$;

create function private.rename_member(p_user uuid, p_display_name text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  company constant uuid := private.hold_company();
  member public.memberships;
begin
  select * into member from public.memberships where tenant_id = company and user_id = p_user;
  if not found then
    raise sqlstate 'PT404' using message = 'Nobody of that name works here.', detail = 'no_such_member';
  end if;
  if p_user <> auth.uid() then
    perform private.require('members.write');
    perform private.require_rank(company, auth.uid(), array[member.role]);
  end if;
  if coalesce(length(btrim(p_display_name)), 0) not between 1 and 120 then
    raise sqlstate 'PT422' using message = 'Give a name of at most 120 characters.', detail = 'bad_display_name';
  end if;
  update public.memberships set display_name = btrim(p_display_name) where id = member.id;
end
$$;

create function private.change_company(p_version integer, p_profile jsonb) returns integer
language plpgsql security definer set search_path = '' as $$
-- Keys that are absent keep their value; the constraints of the table say what is refused, here in the screen's words.
declare
  company public.tenants;
  shaped public.tenants;
  changed integer;
begin
  perform private.hold_company();
  perform private.require('settings.write');
  select * into company from public.tenants where id = private.tenant_id();
  if company.version is distinct from p_version then
    raise sqlstate 'PT409' using
      message = 'Somebody else changed these settings meanwhile. Look at their changes, then save again.', detail = 'stale';
  end if;
  if coalesce(length(btrim(coalesce(p_profile ->> 'name', company.name))), 0) not between 1 and 120 then
    raise sqlstate 'PT422' using message = 'Give the company a name of at most 120 characters.', detail = 'bad_name';
  end if;
  if not private.is_timezone(coalesce(p_profile ->> 'timezone', company.timezone)) then
    raise sqlstate 'PT422' using message = 'Choose a time zone from the list.', detail = 'bad_timezone';
  end if;
  if p_profile ? 'business_hours' and not private.are_business_hours(p_profile -> 'business_hours') then
    raise sqlstate 'PT422' using
      message = 'Opening hours need a start before their end, one after the other.', detail = 'bad_business_hours';
  end if;
  if coalesce(p_profile ->> 'phone', '') !~ '^(\+[1-9][0-9]{6,14})?$' then
    raise sqlstate 'PT422' using message = 'That telephone number is not complete.', detail = 'bad_phone';
  end if;
  if coalesce(p_profile ->> 'email', '') !~ '^([^@\s]+@[^@\s]+)?$' then
    raise sqlstate 'PT422' using message = 'That e-mail address is not complete.', detail = 'bad_email';
  end if;
  if coalesce(p_profile ->> 'website', '') !~ '^(https?://\S+)?$' then
    raise sqlstate 'PT422' using message = 'A website begins with https://.', detail = 'bad_website';
  end if;
  if p_profile ? 'address' and not private.is_address(p_profile -> 'address') then
    raise sqlstate 'PT422' using message = 'That address is too long.', detail = 'bad_address';
  end if;
  shaped := jsonb_populate_record(
    company,
    jsonb_strip_nulls(
      jsonb_build_object(
        'timezone', p_profile -> 'timezone', 'locale', p_profile -> 'locale', 'address', p_profile -> 'address',
        'business_hours', p_profile -> 'business_hours'
      )
    )
  );
  update public.tenants
  set name = coalesce(btrim(p_profile ->> 'name'), company.name),
      timezone = shaped.timezone,
      locale = shaped.locale,
      address = shaped.address,
      business_hours = shaped.business_hours,
      phone = case when p_profile ? 'phone' then nullif(p_profile ->> 'phone', '') else company.phone end,
      email = case when p_profile ? 'email' then nullif(btrim(p_profile ->> 'email'), '') else company.email end,
      website = case when p_profile ? 'website' then nullif(btrim(p_profile ->> 'website'), '') else company.website end
  where id = company.id
  returning version into changed;
  return changed;
exception
  when check_violation or string_data_right_truncation then
    raise sqlstate 'PT422' using message = 'One of these values is too long or not in its form.', detail = 'bad_profile';
end
$$;

create function private.my_companies()
returns table (
  tenant_id uuid, name text, role public.member_role, is_current boolean, needs_second_factor boolean, deactivated boolean
)
language sql stable security definer set search_path = '' as $$
-- Every company that the person works or worked for, also those that this session may not open now, and why not.
  select
    tenant.id, tenant.name, membership.role, tenant.id is not distinct from private.tenant_id(),
    (tenant.requires_second_factor or private.has_second_factor(auth.uid())) and coalesce(auth.jwt() ->> 'aal', 'aal1') <> 'aal2',
    membership.deactivated_at is not null
  from public.memberships as membership
  join public.tenants as tenant on tenant.id = membership.tenant_id
  where membership.user_id = auth.uid()
    and not exists (select from private.ended_sessions as ended where ended.session_id = private.session_id())
  order by membership.created_at, tenant.id;
$$;

create function private.member_accounts() returns table (user_id uuid, email text, last_seen_at timestamptz)
language sql stable security definer set search_path = '' as $$
-- Addresses and last sign of life of the company's people, for those who manage them; nothing for others.
  select
    membership.user_id, account.email::text,
    (
      select max(coalesce(session.refreshed_at at time zone 'utc', session.created_at))
      from auth.sessions as session
      where session.user_id = membership.user_id
    )
  from public.memberships as membership
  join auth.users as account on account.id = membership.user_id
  where membership.tenant_id = private.tenant_id() and private.may('members.write');
$$;

-- Views

create view public.member_list with (security_invoker = true) as
select
  membership.id, membership.tenant_id, membership.version, membership.user_id, membership.display_name, membership.role,
  membership.deactivated_at, membership.created_at, account.email, account.last_seen_at
from public.memberships as membership
left join private.member_accounts() as account on account.user_id = membership.user_id;
comment on view public.member_list is 'The team; e-mail and last sign of life only for those who manage it.';

-- What browsers call

create function public.accept_invitation(p_token text) returns uuid
language sql set search_path = '' as $$
  select private.accept_invitation(p_token);
$$;
comment on function public.accept_invitation is 'Joins the company of an invitation to the caller''s own confirmed e-mail address.';

create function public.revoke_invitation(p_invitation uuid) returns void
language sql set search_path = '' as $$
  select private.revoke_invitation(p_invitation);
$$;
comment on function public.revoke_invitation is 'Takes an invitation back that nobody accepted yet.';

create function public.hand_over_ownership(p_user uuid) returns void
language sql set search_path = '' as $$
  select private.hand_over_ownership(p_user);
$$;
comment on function public.hand_over_ownership is 'Makes somebody else owner and the caller a manager, in one step.';

create function public.leave_tenant() returns void
language sql set search_path = '' as $$
  select private.leave_tenant();
$$;
comment on function public.leave_tenant is 'Ends the caller''s own access to the company; its last owner cannot leave.';

create function public.rename_member(p_user uuid, p_display_name text) returns void
language sql set search_path = '' as $$
  select private.rename_member(p_user, p_display_name);
$$;
comment on function public.rename_member is 'Changes how a member is called here: one''s own name, or as a manager of the team.';

create function public.change_company(p_version integer, p_profile jsonb) returns integer
language sql set search_path = '' as $$
  select private.change_company(p_version, p_profile);
$$;
comment on function public.change_company is
  'Changes the company''s profile (name, timezone, locale, phone, email, website, address, business_hours); returns its new version.';

create function public.my_companies()
returns table (
  tenant_id uuid, name text, role public.member_role, is_current boolean, needs_second_factor boolean, deactivated boolean
)
language sql stable set search_path = '' as $$
  select * from private.my_companies();
$$;
comment on function public.my_companies is 'The companies that the caller can switch between, and what keeps a session out of one.';

-- What the service calls

create function backend.create_invitation(
  p_tenant uuid, p_user uuid, p_id uuid, p_email text, p_role public.member_role, p_display_name text, p_token_hash bytea
) returns jsonb
language plpgsql security definer set search_path = '' as $$
-- The same id again renews the secret of that invitation: the earlier mail's link ends, this one counts.
declare
  address text := lower(btrim(p_email));
begin
  perform private.require_member(p_tenant, p_user, 'members.write');
  perform private.require_rank(p_tenant, p_user, array[p_role]);
  perform from public.tenants where id = p_tenant for no key update;
  if exists (select from public.invitations where id = p_id and tenant_id = p_tenant) then
    return backend.renew_invitation(p_tenant, p_user, p_id, p_token_hash);
  end if;
  if coalesce(length(btrim(p_display_name)), 0) not between 1 and 120 then
    raise sqlstate 'PT422' using message = 'Give a name of at most 120 characters.', detail = 'bad_display_name';
  end if;
  if coalesce(address, '') !~ '^[^@\s]+@[^@\s]+$' or length(address) > 254 then
    raise sqlstate 'PT422' using message = 'That e-mail address is not complete.', detail = 'bad_email';
  end if;
  if exists (
    select
    from public.memberships as member
    join auth.users as account on account.id = member.user_id
    where member.tenant_id = p_tenant and member.deactivated_at is null and lower(account.email) = address
  ) then
    raise sqlstate 'PT409' using message = 'They work here already.', detail = 'already_member';
  end if;
  update public.invitations set revoked_at = now()
  where tenant_id = p_tenant and email = address and accepted_at is null and revoked_at is null and expires_at <= now();
  if exists (
    select from public.invitations
    where tenant_id = p_tenant and email = address and accepted_at is null and revoked_at is null
  ) then
    raise sqlstate 'PT409' using message = 'They have an invitation already. Send that one again.', detail = 'already_invited';
  end if;
  if not private.take_token('invitations:' || p_tenant, 1.0 / 60, 30) then
    raise sqlstate 'PT429' using message = 'That was a lot of invitations at once. Wait a minute.', detail = 'too_fast';
  end if;
  insert into public.invitations (id, tenant_id, email, role, display_name, token_hash, expires_at, created_by)
  values (p_id, p_tenant, address, p_role, btrim(p_display_name), p_token_hash, now() + interval '7 days', p_user);
  return private.invitation_mail(p_id);
exception
  -- The id is another company's, or an invitation was accepted by nobody yet and made twice at the same moment.
  when unique_violation then
    raise sqlstate 'PT409' using message = 'They have an invitation already. Send that one again.', detail = 'already_invited';
end
$$;

create function private.invitation_mail(p_invitation uuid) returns jsonb
language sql stable set search_path = '' as $$
-- What the mail says.
  select jsonb_build_object(
    'id', invitation.id, 'email', invitation.email, 'role', invitation.role, 'display_name', invitation.display_name,
    'company', tenant.name, 'inviter', inviter.display_name, 'expires_at', invitation.expires_at, 'timezone', tenant.timezone
  )
  from public.invitations as invitation
  join public.tenants as tenant on tenant.id = invitation.tenant_id
  left join public.memberships as inviter
    on inviter.tenant_id = invitation.tenant_id and inviter.user_id = invitation.created_by
  where invitation.id = p_invitation;
$$;

create function backend.renew_invitation(p_tenant uuid, p_user uuid, p_id uuid, p_token_hash bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  invitation public.invitations;
begin
  perform private.require_member(p_tenant, p_user, 'members.write');
  select * into invitation from public.invitations where tenant_id = p_tenant and id = p_id for update;
  if not found then
    raise sqlstate 'PT404' using message = 'That invitation does not exist.', detail = 'no_such_invitation';
  end if;
  perform private.require_rank(p_tenant, p_user, array[invitation.role]);
  if private.invitation_state(invitation) in ('used', 'revoked') then
    raise sqlstate 'PT409' using
      message = 'This invitation is over. Make a new one.', detail = 'invitation_' || private.invitation_state(invitation);
  end if;
  if not private.take_token('invitation:' || p_id, 1.0 / 60, 5) then
    raise sqlstate 'PT429' using message = 'That invitation was just sent. Wait a minute.', detail = 'too_fast';
  end if;
  update public.invitations
  set token_hash = p_token_hash, expires_at = now() + interval '7 days'
  where id = p_id;
  return private.invitation_mail(p_id);
end
$$;

create function backend.preview_invitation(p_token_hash bytea) returns jsonb
language sql stable security definer set search_path = '' as $$
-- What somebody who holds the secret may know before they sign in; null for a secret that opens nothing.
  select jsonb_build_object(
    'company', tenant.name, 'role', invitation.role, 'email', invitation.email, 'display_name', invitation.display_name,
    'state', private.invitation_state(invitation)
  )
  from public.invitations as invitation
  join public.tenants as tenant on tenant.id = invitation.tenant_id
  where invitation.token_hash = p_token_hash;
$$;

-- Row-level security

alter table public.invitations enable row level security;

create policy "Invitations are seen by those who manage the team" on public.invitations
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('members.write')));

-- Grants

grant select (
  id, tenant_id, email, role, display_name, expires_at, accepted_at, accepted_by, revoked_at, created_at, updated_at, version,
  created_by
) on public.invitations to authenticated;
grant select on public.member_list to authenticated;
grant execute on function
  private.accept_invitation(text), private.revoke_invitation(uuid), private.hand_over_ownership(uuid), private.leave_tenant(),
  private.rename_member(uuid, text), private.change_company(integer, jsonb), private.my_companies(), private.member_accounts(),
  public.accept_invitation(text), public.revoke_invitation(uuid), public.hand_over_ownership(uuid), public.leave_tenant(),
  public.rename_member(uuid, text), public.change_company(integer, jsonb), public.my_companies()
to authenticated;
grant execute on function
  backend.create_invitation(uuid, uuid, uuid, text, public.member_role, text, bytea),
  backend.renew_invitation(uuid, uuid, uuid, bytea),
  backend.preview_invitation(bytea)
to fieldlite_portal;
