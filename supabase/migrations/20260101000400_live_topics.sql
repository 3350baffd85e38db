-- Why: open browsers learn of changes through private Broadcast topics (docs/adr/0003): a topic is checked once, when it is
-- joined, so thousands of listeners cost nothing per change. A topic's name carries the company's access epoch: when anybody
-- loses or changes access the epoch grows, everybody joins anew, and who may not join hears nothing more.

-- Types

create type public.access_area as enum ('inbox', 'schedule', 'money', 'settings');

-- Tables

create table private.area_roles (
  area public.access_area not null,
  role public.member_role not null,
  primary key (area, role)
);
comment on table private.area_roles is 'Which roles hear which area live. Technicians have only their own topic, person:<user id>.';
alter table private.area_roles enable row level security;

insert into private.area_roles (area, role)
select areas.area::public.access_area, unnest(areas.roles)::public.member_role
from (
  values
    ('inbox', '{owner,manager,dispatcher,estimator}'::text[]),
    ('schedule', '{owner,manager,dispatcher,estimator,bookkeeper}'),
    ('money', '{owner,manager,bookkeeper,dispatcher}'),
    ('settings', '{owner,manager}')
) as areas (area, roles);

-- Functions

create function private.areas() returns text[]
language sql stable security definer set search_path = '' as $$
-- The areas of the person in this session's company; empty without a company.
  select coalesce(array_agg(area.name order by area.name), '{}')
  from (
    select heard.area::text as name from private.area_roles as heard where heard.role = private.member_role()
    union all
    select 'person:' || auth.uid() where private.tenant_id() is not null
  ) as area;
$$;

create function private.topic(p_tenant uuid, p_epoch integer, p_area text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return 'tenant:' || p_tenant || ':' || p_epoch || ':' || p_area;
end
$$;

create function private.topics() returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(private.topic(tenant.id, tenant.access_epoch, area.name) order by area.name), '{}')
  from public.tenants as tenant
  cross join unnest(private.areas()) as area (name)
  where tenant.id = private.tenant_id();
$$;

create function private.lock_epoch(p_tenant uuid, p_exclusive boolean) returns void
language plpgsql set search_path = '' as $$
-- Announcements share this lock, a change of the epoch holds it alone, both until commit: an announcement that read the old
-- epoch is always committed before the topic's last event. 1178682740 is a class number of ours.
begin
  if p_exclusive then
    perform pg_catalog.pg_advisory_xact_lock(1178682740, pg_catalog.hashtext(p_tenant::text));
  else
    perform pg_catalog.pg_advisory_xact_lock_shared(1178682740, pg_catalog.hashtext(p_tenant::text));
  end if;
end
$$;

create function private.announce(
  p_tenant uuid, p_area text, p_table text, p_id uuid, p_operation text, p_version integer, p_row jsonb default null
) returns void
language plpgsql security definer set search_path = '' as $$
-- The only sender of live events. The row goes along only where every listener of the area may read all of its columns.
declare
  epoch integer;
begin
  perform private.lock_epoch(p_tenant, false);
  select access_epoch into epoch from public.tenants where id = p_tenant;
  perform realtime.send(
    jsonb_build_object('table', p_table, 'id', p_id, 'op', p_operation, 'version', p_version)
      || case when p_row is null then '{}'::jsonb else jsonb_build_object('row', p_row) end,
    'change',
    private.topic(p_tenant, epoch, p_area),
    true
  );
end
$$;

create function private.announce_to_settings() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(
    new.tenant_id, 'settings', coalesce(tg_argv[0], tg_table_name), new.id, lower(tg_op), new.version
  );
  return null;
end
$$;
comment on function private.announce_to_settings() is
  'After insert or update: owners and managers hear that the row changed; the argument names the view that shows it.';

create function private.end_epoch(p_tenant uuid, p_cause text, p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
-- The last event of every old topic says to join anew; p_cause and p_id name the row that made it so.
declare
  old_topics text[];
begin
  -- The company first, as all do who change its people: their announcements wait for the epoch while they hold it.
  perform from public.tenants where id = p_tenant for no key update;
  perform private.lock_epoch(p_tenant, true);
  select array_agg(private.topic(tenant.id, tenant.access_epoch, area.name)) into old_topics
  from public.tenants as tenant
  cross join (
    select unnest(enum_range(null::public.access_area))::text
    union all
    select 'person:' || user_id from public.memberships where tenant_id = p_tenant
  ) as area (name)
  where tenant.id = p_tenant;
  update public.tenants set access_epoch = access_epoch + 1 where id = p_tenant;
  perform realtime.send(jsonb_build_object('op', 'rejoin', 'table', p_cause, 'id', p_id), 'change', topic.name, true)
  from unnest(old_topics) as topic (name);
end
$$;

create function private.follow_access() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'tenants' then
    perform private.end_epoch(new.id, 'tenants', new.id);
  else
    perform private.end_epoch(new.tenant_id, 'memberships', new.id);
  end if;
  return null;
end
$$;
comment on function private.follow_access() is 'After a change of who may see what: ends the access epoch.';

create trigger end_epoch after update on public.memberships
for each row when (old.role <> new.role or old.deactivated_at is distinct from new.deactivated_at)
execute function private.follow_access();
create trigger end_epoch after update on public.tenants
for each row when (old.requires_second_factor <> new.requires_second_factor)
execute function private.follow_access();

create function private.my_permissions() returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(allowed.permission order by allowed.permission), '{}')
  from private.permissions as allowed
  where allowed.role = private.member_role();
$$;

create function public.my_session()
returns table (
  user_id uuid, email text, display_name text, tenant_id uuid, tenant_name text, country text, currency text, timezone text,
  locale text, role public.member_role, epoch integer, areas text[], topics text[], permissions text[], aal text,
  has_second_factor boolean
)
language sql stable set search_path = '' as $$
  select
    membership.user_id, auth.jwt() ->> 'email', membership.display_name, tenant.id, tenant.name, tenant.country::text,
    tenant.currency::text, tenant.timezone, tenant.locale, membership.role, tenant.access_epoch,
    private.areas(), private.topics(), private.my_permissions(), coalesce(auth.jwt() ->> 'aal', 'aal1'),
    private.has_second_factor((select auth.uid()))
  from public.tenants as tenant
  join public.memberships as membership on membership.tenant_id = tenant.id
  where tenant.id = (select private.tenant_id()) and membership.user_id = (select auth.uid());
$$;
comment on function public.my_session is 'Who I am here: company, role, and the live topics to join. No row without a company.';

-- Row-level security

create policy "People may listen to the topics of their company and role" on realtime.messages
for select to authenticated
using (extension = 'broadcast' and (select realtime.topic()) = any ((select private.topics())::text[]));

-- Grants

grant execute on function
  private.areas(), private.topics(), private.has_second_factor(uuid), private.my_permissions(), public.my_session()
to authenticated;
