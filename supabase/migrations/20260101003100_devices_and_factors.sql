-- Why: people see where they are signed in and end any of it at once, although access tokens live an hour; and an owner can
-- demand a second factor of everybody, without locking themselves out.

-- Functions

create function private.my_devices()
returns table (
  id uuid, user_agent text, ip text, created_at timestamptz, last_seen_at timestamptz, is_current boolean, aal text
)
language sql stable security definer set search_path = '' as $$
  select
    session.id, session.user_agent, host(session.ip), session.created_at,
    coalesce(session.refreshed_at at time zone 'utc', session.created_at), session.id is not distinct from private.session_id(),
    coalesce(session.aal::text, 'aal1')
  from auth.sessions as session
  where session.user_id = (select private.require_person()) and (session.not_after is null or session.not_after > now())
  order by session.id is not distinct from private.session_id() desc, 5 desc;
$$;

create function private.end_sessions(p_scope text, p_session uuid) returns integer
language plpgsql security definer set search_path = '' as $$
-- Returns how many log-ins ended. Their refresh tokens go with the row, their access tokens are refused from now on, and the
-- live topics that they joined fall silent.
declare
  person constant uuid := private.require_person();
  ended uuid[];
begin
  if p_scope is null or p_scope not in ('one', 'others', 'all') or (p_scope = 'one') <> (p_session is not null) then
    raise sqlstate 'PT422' using message = 'Choose which devices to sign out.', detail = 'bad_scope';
  end if;
  with gone as (
    delete from auth.sessions as session
    where session.user_id = person
      and case p_scope
        when 'one' then session.id = p_session
        when 'others' then session.id is distinct from private.session_id()
        else true
      end
    returning session.id
  ),
  kept as (
    insert into private.ended_sessions (session_id) select gone.id from gone on conflict do nothing
  )
  select coalesce(array_agg(gone.id), '{}') into ended from gone;
  if cardinality(ended) > 0 then
    perform private.end_epoch(membership.tenant_id, 'memberships', membership.id)
    from public.memberships as membership
    where membership.user_id = person and membership.deactivated_at is null
    order by membership.tenant_id;
  end if;
  return cardinality(ended);
end
$$;

create function private.require_second_factor(p_required boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if private.member_role() is distinct from 'owner' then
    raise sqlstate 'PT403' using message = 'Only an owner can decide that.', detail = 'not_allowed';
  end if;
  if p_required and coalesce(auth.jwt() ->> 'aal', '') <> 'aal2' then
    raise sqlstate 'PT409' using
      message = 'Set up your own second factor and sign in with it first.', detail = 'second_factor_first';
  end if;
  update public.tenants
  set requires_second_factor = p_required
  where id = private.tenant_id() and requires_second_factor <> p_required;
end
$$;

-- What browsers call

create function public.my_devices()
returns table (
  id uuid, user_agent text, ip text, created_at timestamptz, last_seen_at timestamptz, is_current boolean, aal text
)
language sql stable set search_path = '' as $$
  select * from private.my_devices();
$$;
comment on function public.my_devices is 'Where the caller is signed in, this device first.';

create function public.end_sessions(p_scope text, p_session uuid default null) returns integer
language sql set search_path = '' as $$
  select private.end_sessions(p_scope, p_session);
$$;
comment on function public.end_sessions is 'Signs the caller out: one device, all others, or all; at once.';

create function public.require_second_factor(p_required boolean) returns void
language sql set search_path = '' as $$
  select private.require_second_factor(p_required);
$$;
comment on function public.require_second_factor is 'Demands a second factor of everybody in the company, or stops to.';

-- Grants

grant execute on function
  private.my_devices(), private.end_sessions(text, uuid), private.require_second_factor(boolean),
  public.my_devices(), public.end_sessions(text, uuid), public.require_second_factor(boolean)
to authenticated;
