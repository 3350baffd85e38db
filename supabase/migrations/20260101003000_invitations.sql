-- Why: a second person joins a company only by invitation. The invitation's secret travels by mail; here it is a hash.

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

create trigger touch before update on public.invitations for each row execute function private.touch_tenant_row();
create trigger announce after insert or update on public.invitations
for each row execute function private.announce_to_settings();

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
grant execute on function
  private.accept_invitation(text), private.revoke_invitation(uuid), public.accept_invitation(text), public.revoke_invitation(uuid)
to authenticated;
grant execute on function
  backend.create_invitation(uuid, uuid, uuid, text, public.member_role, text, bytea),
  backend.renew_invitation(uuid, uuid, uuid, bytea),
  backend.preview_invitation(bytea)
to fieldlite_portal;
