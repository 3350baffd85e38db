-- Why: one call serves the list of contacts: in three orders, page by page by key, filtered, or searched. It asks once who calls;
-- asked row by row, row-level security on six tables would cost more than the list.

-- Functions

create function private.contact_conditions(p_filter jsonb) returns text
language sql stable set search_path = '' as $$
-- Conditions on contacts as contact, one for each thing that the filter names. Every value is quoted.
  select coalesce(string_agg(' and ' || condition, ''), '')
  from (
    values
      (
        p_filter -> 'types' <> '[]',
        format('contact.type = any (array(select jsonb_array_elements_text(%L))::public.contact_type[])', p_filter -> 'types')
      ),
      (
        p_filter -> 'tag_ids' <> '[]',
        format(
          $sql$
            (
              select count(*) from public.contact_tags as tagged
              where tagged.tenant_id = contact.tenant_id and tagged.contact_id = contact.id
                and tagged.tag_id in (select jsonb_array_elements_text(%1$L)::uuid)
            ) = (select count(distinct tag) from jsonb_array_elements_text(%1$L) as tag)
            and contact.id in (
              select tagged.contact_id from public.contact_tags as tagged
              where tagged.tenant_id = contact.tenant_id and tagged.tag_id = (%1$L::jsonb ->> 0)::uuid
            )
          $sql$,
          p_filter -> 'tag_ids'
        )
      ),
      (p_filter ? 'organization_id', format('contact.organization_id = %L', p_filter ->> 'organization_id')),
      (p_filter ? 'source', format('lower(contact.source) = lower(%L)', p_filter ->> 'source')),
      (
        p_filter ? 'created_from',
        format('contact.created_at >= private.start_of_day($1, %L)', p_filter ->> 'created_from')
      ),
      (
        p_filter ? 'created_to',
        format('contact.created_at < private.start_of_day($1, %L::date + 1)', p_filter ->> 'created_to')
      ),
      (
        p_filter ->> 'has' = 'phone',
        'exists (select from public.contact_phones as kept '
        'where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id)'
      ),
      (
        p_filter ->> 'has' = 'email',
        'exists (select from public.contact_emails as kept '
        'where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id)'
      ),
      (
        p_filter ? 'city',
        format(
          'exists (select from public.properties as kept where kept.tenant_id = contact.tenant_id '
          'and kept.contact_id = contact.id and kept.deleted_at is null and lower(kept.city) = lower(%L))',
          p_filter ->> 'city'
        )
      )
  ) as known (is_asked, condition)
  where is_asked;
$$;

create function private.start_of_day(p_tenant uuid, p_day date) returns timestamptz
language sql stable set search_path = '' as $$
  select p_day::timestamp at time zone timezone from public.tenants where id = p_tenant;
$$;

create function private.contact_page(p_sort text, p_after jsonb, p_conditions text, p_limit integer) returns text
language plpgsql immutable set search_path = '' as $$
-- The query of one page: (id, key, place) of contacts of company $1 in an order, after a key; an index walks it.
declare
  key text := case p_sort
    when 'name' then 'contact.sort_name' when 'recent' then 'activity.at' when 'created' then 'contact.created_at'
  end;
  id text := case when p_sort = 'recent' then 'activity.contact_id' else 'contact.id' end;
  direction text := case when p_sort = 'name' then 'asc' else 'desc' end;
  condition text := p_conditions;
begin
  if key is null then
    raise sqlstate 'PT422' using message = 'Contacts can be sorted by name, recent or created.', detail = 'bad_sort';
  end if;
  if p_after is not null then
    condition := condition || format(
      ' and (%s, %s) %s (%L, %L)', key, id, case direction when 'asc' then '>' else '<' end, p_after ->> 'key', p_after ->> 'id'
    );
  end if;
  return format(
    $sql$
      select contact.id, %1$s::text as key, row_number() over (order by %1$s %3$s, %2$s %3$s) as place
      from %4$s
      where contact.tenant_id = $1 and contact.deleted_at is null and contact.erased_at is null %5$s
      order by %1$s %3$s, %2$s %3$s
      limit %6$s
    $sql$,
    key, id, direction,
    case
      when p_sort = 'recent' then
        'private.contact_activity as activity '
        'join public.contacts as contact on contact.id = activity.contact_id and activity.tenant_id = $1'
      else 'public.contacts as contact'
    end,
    condition, p_limit
  );
end
$$;

create function private.contact_matches(p_query text, p_conditions text, p_limit integer) returns text
language sql immutable set search_path = '' as $$
-- As contact_page(), for a search: the best first, and among equals those who were last heard of.
  select format(
    $sql$
      select contact.id, found.rank::text as key, row_number() over (order by found.rank, activity.at desc, contact.id) as place
      from private.find_contacts($1, %1$L, %2$s) as found
      join public.contacts as contact on contact.id = found.contact_id
      left join private.contact_activity as activity on activity.contact_id = contact.id
      where contact.tenant_id = $1 and contact.deleted_at is null and contact.erased_at is null %3$s
      order by found.rank, activity.at desc, contact.id
      limit %2$s
    $sql$,
    p_query, p_limit, p_conditions
  );
$$;

create function private.list_contacts(p_query text, p_filter jsonb, p_sort text, p_after jsonb, p_limit integer)
returns table (
  id uuid, tenant_id uuid, version integer, type public.contact_type, name text, sort_name text, organization_id uuid,
  organization_name text, job_title text, primary_phone text, primary_email text, city text, tag_ids uuid[], source text,
  created_at timestamptz, updated_at timestamptz, last_activity_at timestamptz, key text
)
language plpgsql stable security definer set search_path = '' as $$
declare
  company constant uuid := private.tenant_id();
  conditions constant text := private.contact_conditions(jsonb_strip_nulls(coalesce(p_filter, '{}')));
  rows_asked constant integer := greatest(1, least(coalesce(p_limit, 50), 200));
  ids uuid[];
  keys text[];
begin
  perform private.require('contacts.read');
  -- The page's ids by a statement of its own, their rows by one that never changes: planning the view costs more than reading it.
  execute format(
    'select array_agg(page.id order by page.place), array_agg(page.key order by page.place) from (%s) as page',
    case
      when btrim(coalesce(p_query, '')) = '' then private.contact_page(coalesce(p_sort, 'name'), p_after, conditions, rows_asked)
      else private.contact_matches(p_query, conditions, rows_asked)
    end
  ) into ids, keys using company;
  return query
  select listed.*, page.key
  from unnest(ids, keys) with ordinality as page (id, key, place)
  join public.contact_list as listed on listed.id = page.id and listed.tenant_id = company
  order by page.place;
end
$$;

create function private.resolve_contact(p_id uuid) returns uuid
language plpgsql stable security definer set search_path = '' as $$
-- The contact that an id leads to today: merges are followed; null for what is unknown or deleted.
declare
  contact public.contacts;
  next_id uuid := p_id;
begin
  perform private.require('contacts.read');
  while next_id is not null loop
    select * into contact from public.contacts where tenant_id = private.tenant_id() and id = next_id;
    next_id := contact.merged_into_id;
  end loop;
  return case when contact.deleted_at is null then contact.id end;
end
$$;

-- What browsers call

create function public.list_contacts(
  p_query text default null, p_filter jsonb default '{}', p_sort text default 'name', p_after jsonb default null,
  p_limit integer default 50
)
returns table (
  id uuid, tenant_id uuid, version integer, type public.contact_type, name text, sort_name text, organization_id uuid,
  organization_name text, job_title text, primary_phone text, primary_email text, city text, tag_ids uuid[], source text,
  created_at timestamptz, updated_at timestamptz, last_activity_at timestamptz, key text
)
language sql stable set search_path = '' as $$
  select * from private.list_contacts(p_query, p_filter, p_sort, p_after, p_limit);
$$;
comment on function public.list_contacts is
  'At most 200 contacts: sorted by name, recent or created, after the last row''s {key, id}; or, with a query, the best matches.';

create function public.resolve_contact(p_id uuid) returns uuid
language sql stable set search_path = '' as $$
  select private.resolve_contact(p_id);
$$;
comment on function public.resolve_contact is 'The contact that an id leads to today: itself, or what it was merged into.';

-- Grants

grant execute on function
  private.list_contacts(text, jsonb, text, jsonb, integer), private.resolve_contact(uuid),
  public.list_contacts(text, jsonb, text, jsonb, integer), public.resolve_contact(uuid)
to authenticated;
