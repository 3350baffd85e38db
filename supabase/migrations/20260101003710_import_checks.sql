-- Why: before anything is written, people see what each row of their file would do. The same functions decide again when the row
-- is applied, because the world may have changed in between: a check promises nothing, it shows.

-- Who a row is about

create function private.import_keys(p_fields jsonb) returns text[]
language sql immutable set search_path = '' as $$
-- What identifies a person: numbers (as they are, so that a lock on one is the lock that a text from it takes), addresses, and
-- name with street. In this order.
  select array(
    select phone ->> 'e164' from jsonb_array_elements(coalesce(p_fields -> 'phones', '[]')) as phone
    where phone ->> 'e164' is not null
    union all
    select 'email:' || lower(email) from jsonb_array_elements_text(coalesce(p_fields -> 'emails', '[]')) as email
    union all
    select 'place:' || lower(p_fields ->> 'name') || '|' || lower(p_fields #>> '{address,line1}')
    where p_fields ? 'name' and p_fields #> '{address,line1}' is not null
  );
$$;

create function private.same_person(p_one text, p_other text) returns boolean
language sql immutable set search_path = '' as $$
-- Whether two names can be one person's: one is missing, or each word of the shorter one begins, or is begun by, one of the
-- longer (J. Doe, Jane Doe), or they are spelled almost alike. Couples share numbers: Jim Novak is not Carol Novak.
  select p_one is null or p_other is null or lower(p_one) = lower(p_other)
    or extensions.similarity(p_one, p_other) >= 0.6
    or (
      select coalesce(bool_and(exists (
        select from unnest(words.longer) as other
        where starts_with(other, word) or starts_with(word, other)
      )), false)
      from (
        select
          case when cardinality(split.one) <= cardinality(split.other) then split.one else split.other end as shorter,
          case when cardinality(split.one) <= cardinality(split.other) then split.other else split.one end as longer
        from (
          select
            array_remove(regexp_split_to_array(lower(p_one), '[^[:alnum:]]+'), '') as one,
            array_remove(regexp_split_to_array(lower(p_other), '[^[:alnum:]]+'), '') as other
        ) as split
      ) as words
      cross join unnest(words.shorter) as word
    );
$$;

create function private.find_import_match(
  p_tenant uuid, p_fields jsonb, out contact_id uuid, out name text, out matched_on text[], out is_same_person boolean
)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_generic_plan' as $$
-- The contact that a row is about: by number, then by e-mail address, then by name and street, then by the name alone where
-- neither the row nor the contact has more than that; the oldest of several. When all who have the number or address are called
-- otherwise, one of them is returned with is_same_person false.
-- (The functions that a run calls for each row are plpgsql, which keeps their plans: planning took longer than looking. What is
-- looked for comes as arrays: each is one look into an index, whatever the values, and no join over the company.)
declare
  numbers constant text[] := array(
    select phone ->> 'e164' from jsonb_array_elements(coalesce(p_fields -> 'phones', '[]')) as phone
  );
  addresses constant text[] := array(
    select lower(email) from jsonb_array_elements_text(coalesce(p_fields -> 'emails', '[]')) as email
  );
begin
  with candidate as (
    select phone.contact_id, 'phone' as by, 1 as rank
    from public.contact_phones as phone
    where phone.tenant_id = p_tenant and phone.e164 = any (numbers)
    union
    select email.contact_id, 'email', 2
    from public.contact_emails as email
    where email.tenant_id = p_tenant and lower(email.email) = any (addresses)
    union
    select contact.id, 'name and address', 3
    from public.contacts as contact
    join public.properties as property on property.tenant_id = contact.tenant_id and property.contact_id = contact.id
    where contact.tenant_id = p_tenant and contact.sort_name = lower(p_fields ->> 'name') and contact.deleted_at is null
      and property.deleted_at is null and lower(property.line1) = lower(p_fields #>> '{address,line1}')
    union
    select contact.id, 'name', 4
    from public.contacts as contact
    where cardinality(private.import_keys(p_fields)) = 0
      and contact.tenant_id = p_tenant and contact.sort_name = lower(p_fields ->> 'name') and contact.deleted_at is null
      and not exists (
        select from public.contact_phones as phone
        where phone.tenant_id = p_tenant and phone.contact_id = contact.id and phone.valid
      )
      and not exists (
        select from public.contact_emails as email where email.tenant_id = p_tenant and email.contact_id = contact.id
      )
      and not exists (
        select from public.properties as property
        where property.tenant_id = p_tenant and property.contact_id = contact.id and property.deleted_at is null
      )
  )
  select contact.id, contact.name, array_agg(candidate.by order by candidate.rank), same.person
  into contact_id, name, matched_on, is_same_person
  from candidate
  join public.contacts as contact
    on contact.tenant_id = p_tenant and contact.id = candidate.contact_id
    and contact.deleted_at is null and contact.erased_at is null
  cross join lateral (select private.same_person(contact.name, p_fields ->> 'name')) as same (person)
  group by contact.id, contact.name, contact.created_at, same.person
  order by same.person desc, min(candidate.rank), contact.created_at, contact.id
  limit 1;
end
$$;

create function private.import_content(p_import public.imports, p_fields jsonb) returns text
language sql immutable set search_path = '' as $$
-- The same for two rows that would do the same.
  select encode(sha256(convert_to(p_fields::text || coalesce(p_import.options ->> 'tag_id', ''), 'UTF8')), 'hex');
$$;

create function private.imported_contact(p_import public.imports, p_content_hash text) returns uuid
language plpgsql stable set search_path = '' as $$
-- The contact that the same row made or changed before, unless another import changed it later. Merged contacts live on.
begin
  return (
    with earlier as materialized (
      select import_id, contact_id, applied_at
      from public.import_rows
      where tenant_id = p_import.tenant_id and content_hash = p_content_hash
        and applied_at is not null and undone_at is null and action in ('create', 'update') and contact_id is not null
    )
    select earlier.contact_id
    from earlier
    where exists (
        select from public.contacts as contact
        where contact.tenant_id = p_import.tenant_id and contact.id = earlier.contact_id
          and (contact.deleted_at is null or contact.merged_into_id is not null)
      )
      and not exists (
        select from public.import_rows as later
        where later.tenant_id = p_import.tenant_id and later.contact_id = earlier.contact_id
          and later.import_id <> earlier.import_id and later.applied_at > earlier.applied_at
          and later.undone_at is null and later.action in ('create', 'update')
      )
    order by earlier.applied_at desc
    limit 1
  );
end
$$;

-- What a row would change

create function private.changed_field(p_changes jsonb, p_name text, p_from jsonb, p_to jsonb) returns jsonb
language sql immutable set search_path = '' as $$
-- A file's empty cell changes nothing.
  select case
    when p_to is null or p_to = 'null' or p_to is not distinct from p_from then p_changes
    else p_changes || jsonb_build_object(p_name, jsonb_build_object('from', p_from, 'to', p_to))
  end;
$$;

create function private.import_parts(p_import public.imports, p_contact uuid, p_fields jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
-- What hangs on a contact and is not there yet: {phones, emails, address, tags, note}; without a contact all that the row has.
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'phones', (
      select jsonb_agg(phone)
      from jsonb_array_elements(p_fields -> 'phones') as phone
      where not exists (
        select from public.contact_phones as kept
        where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact
          and coalesce(kept.e164, kept.raw) = coalesce(phone ->> 'e164', phone ->> 'raw')
      )
    ),
    'emails', (
      select jsonb_agg(email)
      from jsonb_array_elements_text(p_fields -> 'emails') as email
      where not exists (
        select from public.contact_emails as kept
        where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact and lower(kept.email) = lower(email)
      )
    ),
    'address', (
      select p_fields -> 'address'
      where not exists (
        select from public.properties as kept
        where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact and kept.deleted_at is null
          and lower(coalesce(kept.line1, '')) = lower(coalesce(p_fields #>> '{address,line1}', ''))
          and lower(coalesce(kept.line2, '')) = lower(coalesce(p_fields #>> '{address,line2}', ''))
          and coalesce(lower(kept.city) = lower(p_fields #>> '{address,city}'), true)
          and coalesce(kept.postal_code = p_fields #>> '{address,postal_code}', true)
      )
    ),
    'tags', (
      select jsonb_agg(wanted.name)
      from (
        select name from jsonb_array_elements_text(p_fields -> 'tags') as name
        union
        select tag.name
        from public.tags as tag
        where tag.tenant_id = p_import.tenant_id and tag.id = (p_import.options ->> 'tag_id')::uuid
      ) as wanted
      where not exists (
        select
        from public.contact_tags as kept
        join public.tags as tag on tag.tenant_id = kept.tenant_id and tag.id = kept.tag_id
        where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact and lower(tag.name) = lower(wanted.name)
      )
    ),
    'note', (
      select p_fields ->> 'note'
      where not exists (
        select from public.notes as kept
        where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact and kept.deleted_at is null
          and kept.body = p_fields ->> 'note'
      )
    )
  ));
end
$$;

create function private.import_changes(p_import public.imports, p_contact uuid, p_fields jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
-- What a row changes about a contact that exists: {fields: {name: {from, to}}, custom: {id: {from, to}}, phones, emails, ...};
-- {} when it changes nothing.
declare
  contact public.contacts;
  organization_name text;
  fields jsonb := '{}';
  custom jsonb := '{}';
  id text;
  value jsonb;
begin
  select * into contact from public.contacts where tenant_id = p_import.tenant_id and contacts.id = p_contact;
  select organization.name into organization_name
  from public.organizations as organization
  where organization.tenant_id = p_import.tenant_id and organization.id = contact.organization_id;
  fields := private.changed_field(fields, 'name', to_jsonb(contact.name), p_fields -> 'name');
  fields := private.changed_field(fields, 'type', to_jsonb(contact.type), p_fields -> 'type');
  fields := private.changed_field(fields, 'job_title', to_jsonb(contact.job_title), p_fields -> 'job_title');
  fields := private.changed_field(fields, 'source', to_jsonb(contact.source), p_fields -> 'source');
  if lower(organization_name) is distinct from lower(p_fields ->> 'organization') then
    fields := private.changed_field(fields, 'organization', to_jsonb(organization_name), p_fields -> 'organization');
  end if;
  for id, value in select * from jsonb_each(coalesce(p_fields -> 'custom', '{}')) loop
    custom := private.changed_field(custom, id, contact.custom_values -> id, value);
  end loop;
  return private.import_parts(p_import, p_contact, p_fields)
    || case when fields = '{}' then '{}' else jsonb_build_object('fields', fields) end
    || case when custom = '{}' then '{}' else jsonb_build_object('custom', custom) end;
end
$$;

-- The decision

create function private.decide_import_row(
  p_import public.imports, p_fields jsonb, p_content_hash text,
  out action public.import_action, out reason text, out contact_id uuid, out matched_on text[], out changes jsonb, out warning jsonb
)
language plpgsql stable set search_path = '' as $$
declare
  match record;
begin
  matched_on := '{}';
  changes := '{}';
  contact_id := private.imported_contact(p_import, p_content_hash);
  if contact_id is not null then
    action := 'skip';
    reason := 'already_imported';
    return;
  end if;
  select * into match from private.find_import_match(p_import.tenant_id, p_fields);
  if match.contact_id is not null and match.is_same_person then
    contact_id := match.contact_id;
    matched_on := match.matched_on;
  elsif match.contact_id is not null then
    warning := jsonb_build_object(
      'column', null, 'code', 'shared', 'level', 'warning',
      'words', format(
        '%s has the same %s. This row becomes a contact of its own.', match.name,
        case when 'phone' = any (match.matched_on) then 'number' else 'e-mail address' end
      )
    );
  end if;
  if contact_id is null or p_import.options ->> 'on_duplicate' = 'create' then
    action := 'create';
  elsif p_import.options ->> 'on_duplicate' = 'skip' then
    action := 'skip';
    reason := 'duplicate';
  else
    changes := private.import_changes(p_import, contact_id, p_fields);
    action := case when changes = '{}' then 'skip' else 'update' end;
    reason := case when changes = '{}' then 'unchanged' end;
  end if;
end
$$;

create function private.check_import_row(p_import public.imports, p_number integer, p_fields jsonb, p_errors jsonb) returns void
language plpgsql set search_path = '' as $$
-- Keeps what a row would do. Rows before it in the file count as if they had been applied.
declare
  content text := private.import_content(p_import, p_fields);
  keys text[] := private.import_keys(p_fields) || ('row:' || content);
  decision record;
  same_row integer;
  is_identical boolean;
begin
  if jsonb_path_exists(p_errors, '$[*] ? (@.level == "error")') then
    update public.import_rows
    set fields = p_fields, errors = p_errors, action = 'error', reason = null, changes = '{}', matched_on = '{}',
        matched_row = null, matched_contact_id = null, content_hash = null
    where tenant_id = p_import.tenant_id and import_id = p_import.id and number = p_number;
    return;
  end if;
  decision := private.decide_import_row(p_import, p_fields, content);
  if decision.action = 'create' then
    select entry.number, entry.content_hash = content into same_row, is_identical
    from private.import_keys as known
    join public.import_rows as entry
      on entry.tenant_id = p_import.tenant_id and entry.import_id = known.import_id and entry.number = known.number
    where known.import_id = p_import.id and known.key = any (keys)
      and (entry.content_hash = content or private.same_person(entry.fields ->> 'name', p_fields ->> 'name'))
    order by entry.content_hash = content desc, entry.number
    limit 1;
    if is_identical then
      decision.action := 'skip';
      decision.reason := 'same_row';
    elsif same_row is not null and p_import.options ->> 'on_duplicate' = 'skip' then
      decision.action := 'skip';
      decision.reason := 'duplicate';
    elsif same_row is not null and p_import.options ->> 'on_duplicate' = 'update' then
      decision.action := 'update';
    end if;
  end if;
  insert into private.import_keys (import_id, key, number)
  select p_import.id, key, p_number from unnest(keys) as key
  on conflict do nothing;
  update public.import_rows
  set fields = p_fields, action = decision.action, reason = decision.reason, changes = decision.changes,
      errors = p_errors || coalesce(decision.warning, '[]'), matched_contact_id = decision.contact_id,
      matched_on = decision.matched_on, matched_row = same_row, content_hash = content
  where tenant_id = p_import.tenant_id and import_id = p_import.id and number = p_number;
end
$$;

create function private.count_import_rows(
  p_tenant uuid, p_import uuid, p_after integer, p_through integer,
  out through integer, out rows integer, out warnings integer, out errors integer, out creates integer, out updates integer,
  out skips integer
)
language sql stable set search_path = '' as $$
  select
    max(number), count(*), count(*) filter (where action <> 'error' and errors <> '[]'), count(*) filter (where action = 'error'),
    count(*) filter (where action = 'create'), count(*) filter (where action = 'update'), count(*) filter (where action = 'skip')
  from public.import_rows
  where tenant_id = p_tenant and import_id = p_import and number > p_after and number <= p_through;
$$;

-- What the worker calls

create function backend.import_work(p_tenant uuid, p_import uuid, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
-- What is to be done now: null for nothing, else {status}, with the next rows and how to read them while checking.
declare
  import public.imports;
begin
  select * into import from public.imports where tenant_id = p_tenant and id = p_import;
  if not found or import.status not in ('checking', 'running', 'undoing') then
    return null;
  end if;
  if import.status <> 'checking' then
    return jsonb_build_object('status', import.status);
  end if;
  return jsonb_build_object(
    'status', import.status, 'check_number', import.check_number, 'headers', import.headers, 'mapping', import.mapping,
    'country', import.options ->> 'country', 'custom_fields', private.import_fields(p_tenant),
    'rows', (
      select coalesce(jsonb_agg(jsonb_build_object('number', waiting.number, 'cells', waiting.cells) order by waiting.number), '[]')
      from (
        select number, cells
        from public.import_rows
        where tenant_id = p_tenant and import_id = p_import and number > import.checked_through
        order by number
        limit p_limit
      ) as waiting
    )
  );
end
$$;

create function backend.record_import_rows(p_tenant uuid, p_import uuid, p_check_number integer, p_rows jsonb) returns boolean
language plpgsql security definer set search_path = '' as $$
-- p_rows [{number, fields, problems}] as import_work gave them. False when they are not wanted any more: canceled, checked anew
-- with other choices, or recorded by another worker.
declare
  import public.imports;
  entry record;
begin
  select * into import from public.imports where tenant_id = p_tenant and id = p_import for update;
  if import.status is distinct from 'checking' or import.check_number <> p_check_number
    or (p_rows #>> '{0,number}')::integer <= import.checked_through
  then
    return false;
  end if;
  for entry in
    select * from jsonb_to_recordset(p_rows) as sent (number integer, fields jsonb, problems jsonb) order by number
  loop
    perform private.check_import_row(import, entry.number, entry.fields, entry.problems);
  end loop;
  update public.imports as checked
  set checked_through = batch.through,
      checked_count = checked.checked_count + batch.rows,
      warning_count = checked.warning_count + batch.warnings,
      error_count = checked.error_count + batch.errors,
      create_count = checked.create_count + batch.creates,
      update_count = checked.update_count + batch.updates,
      skip_count = checked.skip_count + batch.skips,
      status = case
        when checked.checked_count + batch.rows = checked.row_count then 'checked' else 'checking'
      end::public.import_status
  from private.count_import_rows(p_tenant, p_import, import.checked_through, (p_rows #>> '{-1,number}')::integer) as batch
  where checked.tenant_id = p_tenant and checked.id = p_import;
  return true;
end
$$;

grant execute on function
  backend.import_work(uuid, uuid, integer), backend.record_import_rows(uuid, uuid, integer, jsonb)
to fieldlite_worker;
