-- Why: names, roles and ownership change only by calls that keep one owner in every company, and a person sees the companies
-- between which they can switch.

-- Triggers

create function private.announce_member() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(new.tenant_id, 'settings', 'member_list', new.id, lower(tg_op), new.version);
  return null;
end
$$;

-- After the epoch's end (triggers fire by name), so that the new topic hears of it.
create trigger show_in_settings after insert or update on public.memberships
for each row execute function private.announce_member();

-- Functions

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

create function public.my_companies()
returns table (
  tenant_id uuid, name text, role public.member_role, is_current boolean, needs_second_factor boolean, deactivated boolean
)
language sql stable set search_path = '' as $$
  select * from private.my_companies();
$$;
comment on function public.my_companies is 'The companies that the caller can switch between, and what keeps a session out of one.';

-- Grants

grant select on public.member_list to authenticated;
grant execute on function
  private.hand_over_ownership(uuid), private.leave_tenant(), private.rename_member(uuid, text), private.my_companies(),
  private.member_accounts(),
  public.hand_over_ownership(uuid), public.leave_tenant(), public.rename_member(uuid, text), public.my_companies()
to authenticated;
