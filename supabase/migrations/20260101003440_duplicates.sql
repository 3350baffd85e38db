-- Why: the same person gets entered twice. A warning while somebody types costs less than a merge, and a merge less than two
-- histories; but couples share numbers, so what looks alike is shown to a person, never joined by itself.

-- A setting of pg_trgm can be named only where its library is loaded, which a new connection has not done yet.
select extensions.similarity('', '');

-- Tables

create table private.kept_apart (
  tenant_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (tenant_id, first_id, second_id),
  foreign key (tenant_id, first_id) references public.contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, second_id) references public.contacts (tenant_id, id) on delete cascade,
  check (first_id < second_id)
);
comment on table private.kept_apart is 'Pairs of which a person said that they are two: not shown as possible duplicates again.';
alter table private.kept_apart enable row level security;

create index kept_apart_second on private.kept_apart (tenant_id, second_id);

-- Functions

create function private.find_duplicates(p_name text, p_phones text[], p_emails text[], p_except uuid)
returns table (
  id uuid, name text, type public.contact_type, primary_phone text, primary_email text, matched_on text[], score real
)
language plpgsql stable security definer set search_path = '' as $$
-- Who may be the person that is being entered, the likeliest first, at most ten. A name counts from half of its trigrams on.
declare
  company uuid := private.tenant_id();
  typed text := private.searchable(p_name);
begin
  perform private.require('contacts.read');
  return query
  select listed.id, listed.name, listed.type, listed.primary_phone, listed.primary_email, match.matched_on, match.score
  from (
    select found.contact_id, array_agg(distinct found.matched_on) as matched_on, sum(found.score)::real as score
    from (
      select distinct phone.contact_id, 'phone' as matched_on, 1.0::real as score
      from public.contact_phones as phone
      where phone.tenant_id = company and phone.e164 = any (p_phones)
      union all
      select distinct address.contact_id, 'email', 1.0::real
      from public.contact_emails as address
      where address.tenant_id = company
        and lower(address.email) in (select lower(btrim(typed_email)) from unnest(p_emails) as typed_email)
      union all
      select similar_name.contact_id, 'name', similar_name.score
      from private.find_similar_names(company, typed) as similar_name
    ) as found
    where found.contact_id is distinct from p_except
    group by found.contact_id
  ) as match
  join public.contact_list as listed on listed.id = match.contact_id
  where listed.tenant_id = company
  order by match.score desc, listed.last_activity_at desc, listed.id
  limit 10;
end
$$;

create function private.find_similar_names(p_tenant uuid, p_name text) returns table (contact_id uuid, score real)
language sql stable set search_path = '' set pg_trgm.word_similarity_threshold = '0.5' as $$
  select known.contact_id, extensions.similarity(p_name, known.name)
  from private.contact_documents as known
  where length(p_name) >= 3
    and known.tenant_id = p_tenant and p_name operator(extensions.<%) known.document
    and extensions.similarity(p_name, known.name) >= 0.5
  order by 2 desc, known.contact_id
  limit 10;
$$;

create function private.alike_contacts(p_tenant uuid) returns table (first_id uuid, second_id uuid, matched_on text)
language sql stable set search_path = '' as $$
-- Pairs of living contacts with the same number, address or full name. What more than twenty share says nothing about any two.
  with traits (matched_on, trait, contact_id) as (
    select distinct 'phone', phone.e164::text, phone.contact_id
    from public.contact_phones as phone where phone.tenant_id = p_tenant and phone.e164 is not null
    union all
    select distinct 'email', lower(address.email), address.contact_id
    from public.contact_emails as address where address.tenant_id = p_tenant
    union all
    select 'name', known.name, known.contact_id
    from private.contact_documents as known where known.tenant_id = p_tenant and known.name like '% %'
  ),
  shared as (
    select traits.matched_on, array_agg(traits.contact_id order by traits.contact_id) as contacts
    from traits
    join public.contacts as contact on contact.tenant_id = p_tenant and contact.id = traits.contact_id and contact.deleted_at is null
    group by traits.matched_on, traits.trait
    having count(*) between 2 and 20
  )
  select one.id, other.id, shared.matched_on
  from shared
  cross join unnest(shared.contacts) as one (id)
  join unnest(shared.contacts) as other (id) on one.id < other.id;
$$;

create function private.duplicate_pairs(p_limit integer)
returns table (first_id uuid, second_id uuid, names text[], matched_on text[])
language plpgsql stable security definer set search_path = '' as $$
declare
  company uuid := private.tenant_id();
begin
  perform private.require('contacts.read');
  return query
  select
    pair.first_id, pair.second_id,
    array[coalesce(one.name, one.primary_phone, one.primary_email), coalesce(other.name, other.primary_phone, other.primary_email)],
    pair.matched_on
  from (
    select alike.first_id, alike.second_id, array_agg(alike.matched_on order by alike.matched_on) as matched_on
    from private.alike_contacts(company) as alike
    where not exists (
      select from private.kept_apart as apart
      where apart.tenant_id = company and apart.first_id = alike.first_id and apart.second_id = alike.second_id
    )
    group by alike.first_id, alike.second_id
    order by count(*) desc, alike.first_id, alike.second_id
    limit greatest(1, least(coalesce(p_limit, 50), 200))
  ) as pair
  join public.contact_list as one on one.id = pair.first_id
  join public.contact_list as other on other.id = pair.second_id
  order by cardinality(pair.matched_on) desc, pair.first_id, pair.second_id;
end
$$;

create function private.keep_apart(p_first uuid, p_second uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require('contacts.merge');
  insert into private.kept_apart (tenant_id, first_id, second_id, created_by)
  select private.tenant_id(), least(p_first, p_second), greatest(p_first, p_second), auth.uid()
  where p_first <> p_second and (
    select count(*) from public.contacts where tenant_id = private.tenant_id() and id in (p_first, p_second)
  ) = 2
  on conflict do nothing;
end
$$;

-- What browsers call

create function public.find_duplicates(p_name text, p_phones text[], p_emails text[], p_except uuid default null)
returns table (
  id uuid, name text, type public.contact_type, primary_phone text, primary_email text, matched_on text[], score real
)
language sql stable set search_path = '' as $$
  select * from private.find_duplicates(p_name, p_phones, p_emails, p_except);
$$;
comment on function public.find_duplicates is 'Who may be the person that is being entered; numbers in E.164.';

create function public.duplicate_pairs(p_limit integer default 50)
returns table (first_id uuid, second_id uuid, names text[], matched_on text[])
language sql stable set search_path = '' as $$
  select * from private.duplicate_pairs(p_limit);
$$;
comment on function public.duplicate_pairs is 'Contacts that may be the same person, the likeliest first.';

create function public.keep_apart(p_first uuid, p_second uuid) returns void
language sql set search_path = '' as $$
  select private.keep_apart(p_first, p_second);
$$;
comment on function public.keep_apart is 'Says that two contacts are two people: they are not shown as possible duplicates again.';

-- Grants

grant execute on function
  private.find_duplicates(text, text[], text[], uuid), private.duplicate_pairs(integer), private.keep_apart(uuid, uuid),
  public.find_duplicates(text, text[], text[], uuid), public.duplicate_pairs(integer), public.keep_apart(uuid, uuid)
to authenticated;
