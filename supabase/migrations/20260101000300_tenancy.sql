-- Why: a person may work for several companies, and a company's rows must be seen only by its own people in their roles.
-- This file holds companies, people, memberships and roles, and the predicates that every later policy is written with.

-- Shapes of a company's own data, for constraints and for the call that changes them

create function private.usual_hours() returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_object_agg(day, '[["08:00", "17:00"]]'::jsonb) || '{"sat": [], "sun": []}'
  from unnest(array['mon', 'tue', 'wed', 'thu', 'fri']) as day;
$$;

create function private.are_business_hours(p_hours jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
-- Days mon to sun, each a list of at most four spans that follow each other: ["08:00", "12:00"] before ["13:00", "17:00"].
declare
  day text;
  span jsonb;
  closed_at text;
begin
  if jsonb_typeof(p_hours) <> 'object' then
    return false;
  end if;
  for day in select jsonb_object_keys(p_hours) loop
    if day <> all (array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
      or jsonb_typeof(p_hours -> day) <> 'array' or jsonb_array_length(p_hours -> day) > 4
    then
      return false;
    end if;
    closed_at := '';
    for span in select * from jsonb_array_elements(p_hours -> day) loop
      if jsonb_typeof(span) <> 'array' or jsonb_array_length(span) <> 2
        or coalesce(span ->> 0, '') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
        or coalesce(span ->> 1, '') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
        or span ->> 0 >= span ->> 1 or span ->> 0 < closed_at
      then
        return false;
      end if;
      closed_at := span ->> 1;
    end loop;
  end loop;
  return true;
end
$$;

create function private.is_address(p_address jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select jsonb_typeof(p_address) = 'object' and not exists (
    select
    from jsonb_each(case when jsonb_typeof(p_address) = 'object' then p_address else '{}' end) as part
    where part.key <> all (array['line1', 'line2', 'city', 'region', 'postal_code'])
      or jsonb_typeof(part.value) <> 'string' or length(part.value #>> '{}') > 120
  );
$$;

-- Types

create type public.member_role as enum ('owner', 'manager', 'dispatcher', 'estimator', 'tech', 'bookkeeper');

-- Tables

create table public.user_profiles (
  id uuid primary key references auth.users (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
comment on table public.user_profiles is 'The person behind a log-in. Names and roles belong to memberships: people outlive them.';

create table public.tenants (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 120),
  country char(2) not null default 'US',
  currency char(3) not null default 'USD',
  timezone text not null default 'America/New_York',
  locale text not null default 'en-US' check (locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  phone public.e164,
  email text check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
  website text check (website ~ '^https?://\S+$' and length(website) <= 300),
  address jsonb not null default '{}' check (private.is_address(address)),
  business_hours jsonb not null default private.usual_hours() check (private.are_business_hours(business_hours)),
  requires_second_factor boolean not null default false,
  access_epoch integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id)
);
comment on column public.tenants.business_hours is
  'By day (mon to sun) the open spans [["08:00", "17:00"], ...] in the company''s own time; a day without spans is closed.';
comment on column public.tenants.access_epoch is 'Part of every live topic; grows when anybody loses or changes access.';

create table public.memberships (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  user_id uuid not null references public.user_profiles (id),
  role public.member_role not null,
  display_name text not null check (length(btrim(display_name)) between 1 and 120),
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  unique (tenant_id, id),
  unique (tenant_id, user_id)
);
comment on table public.memberships is 'Who works for which company, in which role. Assignees are keys to (tenant_id, user_id).';

create table private.session_tenants (
  session_id uuid primary key,
  user_id uuid not null,
  tenant_id uuid not null,
  chosen_at timestamptz not null default now(),
  foreign key (tenant_id, user_id) references public.memberships (tenant_id, user_id) on delete cascade
);
comment on table private.session_tenants is 'The company that a log-in session works in; without a row the person''s oldest one.';
alter table private.session_tenants enable row level security;

create table private.ended_sessions (
  session_id uuid primary key,
  ended_at timestamptz not null default now()
);
comment on table private.ended_sessions is 'Log-ins that were ended while their access tokens still run: such a token opens nothing.';
alter table private.ended_sessions enable row level security;

create table private.permissions (
  permission text not null,
  role public.member_role not null,
  primary key (permission, role)
);
comment on table private.permissions is 'Who may do what; docs/security.md shows the same table and a test compares them.';
alter table private.permissions enable row level security;

insert into private.permissions (permission, role)
select grants.permission, unnest(grants.roles)::public.member_role
from (
  values
    ('members.read', '{owner,manager,dispatcher,estimator,tech,bookkeeper}'::text[]),
    ('members.write', '{owner,manager}'),
    ('contacts.read', '{owner,manager,dispatcher,estimator,bookkeeper}'),
    ('contacts.write', '{owner,manager,dispatcher,estimator}'),
    ('contacts.merge', '{owner,manager,dispatcher}'),
    ('contacts.import', '{owner,manager,dispatcher}'),
    ('contacts.export', '{owner,manager,bookkeeper}'),
    ('contacts.erase', '{owner}'),
    ('deleted.read', '{owner,manager,dispatcher,estimator}'),
    ('deleted.restore', '{owner,manager,dispatcher,estimator}'),
    ('conversations.read', '{owner,manager,dispatcher,estimator,bookkeeper}'),
    ('conversations.write', '{owner,manager,dispatcher,estimator}'),
    ('settings.read', '{owner,manager}'),
    ('settings.write', '{owner,manager}'),
    ('audit.read', '{owner,manager}')
) as grants (permission, roles);

-- Indexes

create index memberships_user on public.memberships (user_id, created_at, tenant_id) where deactivated_at is null;
create index session_tenants_membership on private.session_tenants (tenant_id, user_id);

-- Triggers

create trigger touch before update on public.user_profiles for each row execute function private.touch_row();
-- The access epoch is no setting: its growth must not make a form that somebody fills in stale.
create trigger touch before update on public.tenants
for each row when (old.access_epoch = new.access_epoch) execute function private.touch_row();
create trigger touch before update on public.memberships for each row execute function private.touch_tenant_row();

-- Predicates

create function private.session_id() returns uuid
language sql stable set search_path = '' as $$
  select nullif(auth.jwt() ->> 'session_id', '')::uuid;
$$;

create function private.has_second_factor(p_user uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from auth.mfa_factors where user_id = p_user and status = 'verified');
end
$$;

create function private.member(out tenant_id uuid, out role public.member_role)
language plpgsql stable security definer set search_path = '' as $$
-- The company of this session and the person's role in it: the chosen company, else the person's oldest. Nulls when the
-- membership or the session has ended, and when the token was given without a second factor although the company requires one
-- or the person has one: a password alone opens nothing of theirs. Policies ask for every table of a statement. So this is
-- plpgsql, whose queries a connection plans once, and the answer is kept for the rest of the statement. Who could forge what is
-- kept could forge the claims, which lie beside it.
declare
  asked constant text := statement_timestamp()::text || current_setting('request.jwt.claims', true);
  claims jsonb;
  person uuid;
  session uuid;
begin
  if asked = current_setting('fieldlite.member_asked', true) then
    tenant_id := nullif(current_setting('fieldlite.member_tenant', true), '')::uuid;
    role := nullif(current_setting('fieldlite.member_role', true), '')::public.member_role;
    return;
  end if;
  claims := auth.jwt();
  person := nullif(claims ->> 'sub', '')::uuid;
  session := nullif(claims ->> 'session_id', '')::uuid;
  select home.tenant_id, home.role into tenant_id, role
  from (
    select membership.tenant_id, membership.role, tenant.requires_second_factor
    from public.memberships as membership
    join public.tenants as tenant on tenant.id = membership.tenant_id
    where membership.user_id = person
      and membership.deactivated_at is null
      and membership.tenant_id = coalesce(
        (
          select chosen.tenant_id
          from private.session_tenants as chosen
          where chosen.session_id = session and chosen.user_id = person
        ),
        membership.tenant_id
      )
    order by membership.created_at, membership.tenant_id
    limit 1
  ) as home
  where (claims ->> 'aal' = 'aal2' or not (home.requires_second_factor or private.has_second_factor(person)))
    and not exists (select from private.ended_sessions as ended where ended.session_id = session);
  perform
    set_config('fieldlite.member_asked', asked, true),
    set_config('fieldlite.member_tenant', tenant_id::text, true),
    set_config('fieldlite.member_role', role::text, true);
end
$$;

create function private.tenant_id() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (private.member()).tenant_id;
end
$$;
comment on function private.tenant_id() is 'The company of this session; null without access to one.';

create function private.member_role() returns public.member_role
language plpgsql stable security definer set search_path = '' as $$
begin
  return (private.member()).role;
end
$$;

create function private.may(p_permission text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  my_role constant public.member_role := (private.member()).role;
begin
  return exists (
    select from private.permissions as allowed where allowed.permission = p_permission and allowed.role = my_role
  );
end
$$;
comment on function private.may(text) is 'Whether the role of the person in this session''s company has the permission.';

create function private.member_may(p_tenant uuid, p_user uuid, p_permission text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select
    from public.memberships as membership
    join private.permissions as allowed on allowed.role = membership.role
    where membership.tenant_id = p_tenant
      and membership.user_id = p_user
      and membership.deactivated_at is null
      and allowed.permission = p_permission
  );
$$;
comment on function private.member_may(uuid, uuid, text) is 'As may(), for calls in which the service names the person.';

create function private.require(p_permission text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not private.may(p_permission) then
    raise sqlstate 'PT403' using
      message = 'Your role in this company does not allow that.', detail = 'not_allowed';
  end if;
end
$$;

create function private.hold_company() returns uuid
language plpgsql set search_path = '' as $$
-- The company of this session, locked: one change of its people and settings at a time, or two owners could each remove the
-- other. Who calls is asked anew, since that may have changed while this waited.
declare
  company constant uuid := private.tenant_id();
begin
  perform from public.tenants where id = company for no key update;
  perform set_config('fieldlite.member_asked', '', true);
  if private.tenant_id() is distinct from company then
    raise sqlstate 'PT403' using message = 'You do not work here any more.', detail = 'not_allowed';
  end if;
  return company;
end
$$;

create function private.require_person() returns uuid
language plpgsql stable set search_path = '' as $$
-- The person of this log-in, unless it was ended: what is about people and not about a company asks for no membership.
begin
  if auth.uid() is null or exists (select from private.ended_sessions where session_id = private.session_id()) then
    raise sqlstate 'PT401' using message = 'Sign in first.', detail = 'not_signed_in';
  end if;
  return auth.uid();
end
$$;

create function private.is_timezone(p_name text) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from pg_catalog.pg_timezone_names where name = p_name);
$$;

-- Companies come into being by one call after a confirmed sign-in; nothing is made from what a client put in its metadata.

create function private.create_tenant(
  p_id uuid, p_name text, p_display_name text, p_timezone text, p_country text
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  person constant uuid := private.require_person();
begin
  if exists (select from public.memberships where tenant_id = p_id and user_id = person) then
    return p_id;
  end if;
  if exists (select from public.tenants where id = p_id) then
    raise sqlstate 'PT409' using message = 'That company already exists.', detail = 'id_taken';
  end if;
  if coalesce(length(btrim(p_name)), 0) not between 1 and 120 then
    raise sqlstate 'PT422' using message = 'Give the company a name of at most 120 characters.', detail = 'bad_name';
  end if;
  if coalesce(length(btrim(p_display_name)), 0) not between 1 and 120 then
    raise sqlstate 'PT422' using message = 'Give your own name, at most 120 characters.', detail = 'bad_display_name';
  end if;
  if p_timezone is null or not private.is_timezone(p_timezone) then
    raise sqlstate 'PT422' using message = 'Choose a time zone from the list.', detail = 'bad_timezone';
  end if;
  if p_country is null or p_country !~ '^[A-Z]{2}$' then
    raise sqlstate 'PT422' using message = 'Choose a country from the list.', detail = 'bad_country';
  end if;
  if not private.take_token('create_tenant:' || person, 1.0 / 3600, 5) then
    raise sqlstate 'PT429' using message = 'You made several companies just now. Try again in an hour.', detail = 'too_fast';
  end if;
  insert into public.user_profiles (id) values (person) on conflict (id) do nothing;
  insert into public.tenants (id, name, timezone, country, created_by)
  values (p_id, btrim(p_name), p_timezone, p_country, person);
  insert into public.memberships (tenant_id, user_id, role, display_name, created_by)
  values (p_id, person, 'owner', btrim(p_display_name), person);
  perform private.choose_tenant(p_id);
  return p_id;
end
$$;

create function private.choose_tenant(p_tenant uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  person constant uuid := private.require_person();
begin
  if not exists (
    select from public.memberships where tenant_id = p_tenant and user_id = person and deactivated_at is null
  ) then
    raise sqlstate 'PT404' using message = 'You do not work for that company.', detail = 'no_such_company';
  end if;
  if private.session_id() is null then
    raise sqlstate 'PT401' using message = 'Sign in first.', detail = 'not_signed_in';
  end if;
  insert into private.session_tenants (session_id, user_id, tenant_id)
  values (private.session_id(), person, p_tenant)
  on conflict (session_id) do update
  set user_id = excluded.user_id, tenant_id = excluded.tenant_id, chosen_at = now();
end
$$;

-- Roles change by call only, and the last owner stays.

create function private.require_rank(p_tenant uuid, p_user uuid, p_roles public.member_role[]) returns void
language plpgsql stable set search_path = '' as $$
-- Owners are touched by owners only: a manager neither makes nor changes one.
begin
  if 'owner' = any (p_roles) and not exists (
    select from public.memberships
    where tenant_id = p_tenant and user_id = p_user and role = 'owner' and deactivated_at is null
  ) then
    raise sqlstate 'PT403' using message = 'Only an owner can do that to an owner.', detail = 'not_allowed';
  end if;
end
$$;

create function private.require_other_owner(p_tenant uuid, p_leaving uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (
    select from public.memberships
    where tenant_id = p_tenant and role = 'owner' and deactivated_at is null and user_id <> p_leaving
  ) then
    raise sqlstate 'PT409' using
      message = 'A company needs an owner. Make somebody else owner first.', detail = 'last_owner';
  end if;
end
$$;

create function private.set_member(p_user uuid, p_role public.member_role, p_deactivate boolean) returns void
language plpgsql security definer set search_path = '' as $$
-- p_role null keeps the role that the member has.
declare
  company constant uuid := private.hold_company();
  member public.memberships;
  new_role public.member_role;
begin
  perform private.require('members.write');
  select * into member from public.memberships where tenant_id = company and user_id = p_user;
  if not found then
    raise sqlstate 'PT404' using message = 'Nobody of that name works here.', detail = 'no_such_member';
  end if;
  new_role := coalesce(p_role, member.role);
  perform private.require_rank(company, auth.uid(), array[member.role, new_role]);
  if member.role = 'owner' and member.deactivated_at is null and (p_deactivate or new_role <> 'owner') then
    perform private.require_other_owner(company, p_user);
  end if;
  update public.memberships
  set role = new_role,
      deactivated_at = case when p_deactivate then coalesce(deactivated_at, now()) end
  where tenant_id = company and user_id = p_user;
end
$$;

-- What browsers call

create function public.create_tenant(
  p_id uuid, p_name text, p_display_name text, p_timezone text, p_country text default 'US'
) returns uuid
language sql set search_path = '' as $$
  select private.create_tenant(p_id, p_name, p_display_name, p_timezone, p_country);
$$;
comment on function public.create_tenant is 'Makes a company with the caller as owner; the same id again changes nothing.';

create function public.choose_tenant(p_tenant uuid) returns void
language sql set search_path = '' as $$
  select private.choose_tenant(p_tenant);
$$;
comment on function public.choose_tenant is 'Makes one of the caller''s companies the active one of this log-in session.';

create function public.change_member_role(p_user uuid, p_role public.member_role) returns void
language sql set search_path = '' as $$
  select private.set_member(p_user, p_role, false);
$$;
comment on function public.change_member_role is 'Gives a member a role; brings a deactivated member back.';

create function public.deactivate_member(p_user uuid) returns void
language sql set search_path = '' as $$
  select private.set_member(p_user, null, true);
$$;
comment on function public.deactivate_member is 'Ends a member''s access at once: rows, files and live topics.';

-- Row-level security

alter table public.user_profiles enable row level security;
alter table public.tenants enable row level security;
alter table public.memberships enable row level security;

create policy "People see their own profile" on public.user_profiles
for select to authenticated using (id = (select auth.uid()));

create policy "People see the company they work in" on public.tenants
for select to authenticated using (id = (select private.tenant_id()));

create policy "People see who works in their company" on public.memberships
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('members.read')));

-- Grants

grant select on public.user_profiles, public.tenants, public.memberships to authenticated;
grant execute on function
  private.session_id(), private.tenant_id(), private.member_role(), private.may(text), private.require(text),
  private.create_tenant(uuid, text, text, text, text), private.choose_tenant(uuid),
  private.set_member(uuid, public.member_role, boolean),
  public.create_tenant(uuid, text, text, text, text), public.choose_tenant(uuid),
  public.change_member_role(uuid, public.member_role), public.deactivate_member(uuid)
to authenticated;
