-- Why: an import is thousands of small changes that must end as one: done once however often workers die or meet, without
-- deadlocks between imports.

-- Locks. A batch takes all of its locks before its first change, each kind in one order: the import, then the keys of its rows
-- (a number's key is the lock that a first text from that number takes), then the contacts that exist. Two imports of the same
-- people therefore wait for each other and then find each other's contacts.

create function private.lock_import_keys(p_import public.imports, p_numbers integer[]) returns void
language plpgsql set search_path = '' as $$
declare
  lock bigint;
begin
  for lock in
    select distinct pg_catalog.hashtextextended(p_import.tenant_id::text || key, seed)
    from public.import_rows as entry
    cross join lateral (
      select unnest(private.import_keys(entry.fields)), 0
      union all
      select 'row:' || entry.content_hash, 0
      union all
      -- The lock of private.organization_named(): a form that names the same one waits too.
      select lower(entry.fields ->> 'organization'), 2
      union all
      select 'tag:' || lower(tag), 0 from jsonb_array_elements_text(entry.fields -> 'tags') as tag
    ) as wanted (key, seed)
    where entry.tenant_id = p_import.tenant_id and entry.import_id = p_import.id and entry.number = any (p_numbers)
      and wanted.key is not null
    order by 1
  loop
    perform pg_catalog.pg_advisory_xact_lock(lock);
  end loop;
end
$$;

create function private.lock_import_contacts(p_import public.imports, p_numbers integer[]) returns void
language plpgsql set search_path = '' as $$
declare
  affected uuid[];
begin
  select array_agg(coalesce(entry.contact_id, match.contact_id)) into affected
  from public.import_rows as entry
  left join lateral private.find_import_match(p_import.tenant_id, entry.fields) as match on entry.contact_id is null
  where entry.tenant_id = p_import.tenant_id and entry.import_id = p_import.id and entry.number = any (p_numbers);
  perform from public.contacts where tenant_id = p_import.tenant_id and id = any (affected) order by id for no key update;
end
$$;

-- Doing

create function private.import_organization(p_import public.imports, p_name text) returns uuid
language plpgsql set search_path = '' as $$
-- The organization of that name, made where there is none.
declare
  found_id uuid;
begin
  if p_name is null then
    return null;
  end if;
  select id into found_id
  from public.organizations
  where tenant_id = p_import.tenant_id and lower(name) = lower(p_name) and deleted_at is null
  order by created_at, id
  limit 1;
  if found_id is null then
    insert into public.organizations (tenant_id, name, created_by)
    values (p_import.tenant_id, p_name, p_import.created_by)
    returning id into found_id;
  end if;
  return found_id;
end
$$;

create function private.import_tag(p_import public.imports, p_name text) returns uuid
language plpgsql set search_path = '' as $$
declare
  found_id uuid;
begin
  select id into found_id from public.tags where tenant_id = p_import.tenant_id and lower(name) = lower(p_name);
  if found_id is null then
    insert into public.tags (tenant_id, name, created_by)
    values (p_import.tenant_id, p_name, p_import.created_by)
    returning id into found_id;
  end if;
  return found_id;
end
$$;

create function private.add_import_parts(p_import public.imports, p_contact uuid, p_parts jsonb) returns jsonb
language plpgsql set search_path = '' as $$
-- Adds what private.import_parts() found missing; returns the ids by table, for the undo. Numbers and addresses are shown in
-- the order of their time, so each gets its own.
declare
  added jsonb := '{}';
begin
  if p_parts ? 'phones' then
    with new_phones as (
      insert into public.contact_phones (tenant_id, contact_id, e164, raw, extension, type, is_primary, created_at, created_by)
      select
        p_import.tenant_id, p_contact, phone.value ->> 'e164', phone.value ->> 'raw', phone.value ->> 'extension',
        coalesce(phone.value ->> 'type', 'mobile')::public.phone_type,
        phone.place = 1 and not exists (
          select from public.contact_phones as kept
          where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact and kept.is_primary
        ),
        clock_timestamp(), p_import.created_by
      from jsonb_array_elements(p_parts -> 'phones') with ordinality as phone (value, place)
      order by phone.place
      returning id
    )
    select added || jsonb_build_object('contact_phones', jsonb_agg(id)) into added from new_phones;
  end if;
  if p_parts ? 'emails' then
    with new_emails as (
      insert into public.contact_emails (tenant_id, contact_id, email, is_primary, created_at, created_by)
      select
        p_import.tenant_id, p_contact, email.value,
        email.place = 1 and not exists (
          select from public.contact_emails as kept
          where kept.tenant_id = p_import.tenant_id and kept.contact_id = p_contact and kept.is_primary
        ),
        clock_timestamp(), p_import.created_by
      from jsonb_array_elements_text(p_parts -> 'emails') with ordinality as email (value, place)
      order by email.place
      returning id
    )
    select added || jsonb_build_object('contact_emails', jsonb_agg(id)) into added from new_emails;
  end if;
  if p_parts ? 'address' then
    with new_property as (
      insert into public.properties (tenant_id, contact_id, line1, line2, city, region, postal_code, country, created_by)
      select
        p_import.tenant_id, p_contact, place.line1, place.line2, place.city, place.region, place.postal_code, place.country,
        p_import.created_by
      from jsonb_to_record(p_parts -> 'address') as place (
        line1 text, line2 text, city text, region text, postal_code text, country text
      )
      returning id
    )
    select added || jsonb_build_object('properties', jsonb_agg(id)) into added from new_property;
  end if;
  if p_parts ? 'tags' then
    with new_tags as (
      insert into public.contact_tags (tenant_id, contact_id, tag_id, created_by)
      select p_import.tenant_id, p_contact, private.import_tag(p_import, tag), p_import.created_by
      from jsonb_array_elements_text(p_parts -> 'tags') as tag
      on conflict do nothing
      returning id
    )
    select added || jsonb_build_object('contact_tags', coalesce(jsonb_agg(id), '[]')) into added from new_tags;
  end if;
  if p_parts ? 'note' then
    with new_note as (
      insert into public.notes (tenant_id, contact_id, body, created_by)
      values (p_import.tenant_id, p_contact, p_parts ->> 'note', p_import.created_by)
      returning id
    )
    select added || jsonb_build_object('notes', jsonb_agg(id)) into added from new_note;
  end if;
  return added;
end
$$;

create function private.import_new_contact(p_import public.imports, p_fields jsonb) returns uuid
language plpgsql set search_path = '' as $$
declare
  new_id uuid;
begin
  insert into public.contacts (tenant_id, type, name, organization_id, job_title, source, custom_values, created_by)
  values (
    p_import.tenant_id,
    coalesce(p_fields ->> 'type', p_import.options ->> 'type')::public.contact_type,
    coalesce(p_fields ->> 'name', p_fields ->> 'organization'),
    private.import_organization(p_import, p_fields ->> 'organization'),
    p_fields ->> 'job_title', p_fields ->> 'source', coalesce(p_fields -> 'custom', '{}'), p_import.created_by
  )
  returning id into new_id;
  return new_id;
end
$$;

create function private.set_import_fields(
  p_import public.imports, p_contact uuid, p_fields jsonb, p_custom jsonb, p_side text
) returns void
language plpgsql set search_path = '' as $$
-- p_fields and p_custom {name: {from, to}}; p_side says which of the two a contact gets. Fields that are not named stay. What a
-- contact had before comes back whatever has become of the custom field since.
begin
  perform pg_catalog.set_config('fieldlite.keeps_values', case p_side when 'from' then 'on' else '' end, true);
  update public.contacts as contact
  set name = case when p_fields ? 'name' then p_fields #>> array['name', p_side] else contact.name end,
      type = case when p_fields ? 'type' then (p_fields #>> array['type', p_side])::public.contact_type else contact.type end,
      job_title = case when p_fields ? 'job_title' then p_fields #>> array['job_title', p_side] else contact.job_title end,
      source = case when p_fields ? 'source' then p_fields #>> array['source', p_side] else contact.source end,
      organization_id = case
        when p_fields ? 'organization' then private.import_organization(p_import, p_fields #>> array['organization', p_side])
        else contact.organization_id
      end,
      custom_values = jsonb_strip_nulls(
        contact.custom_values || (select coalesce(jsonb_object_agg(key, value -> p_side), '{}') from jsonb_each(p_custom))
      )
  where contact.tenant_id = p_import.tenant_id and contact.id = p_contact;
  perform pg_catalog.set_config('fieldlite.keeps_values', '', true);
end
$$;

create function private.do_import_row(p_import public.imports, p_row public.import_rows) returns void
language plpgsql set search_path = '' as $$
-- Decides once more, and does it. A contact that is made keeps what it was made of for the undo.
declare
  decision record;
  contact uuid;
  added jsonb := '{}';
begin
  decision := private.decide_import_row(p_import, p_row.fields, p_row.content_hash);
  contact := decision.contact_id;
  if decision.action = 'create' then
    contact := private.import_new_contact(p_import, p_row.fields);
    added := private.add_import_parts(p_import, contact, private.import_parts(p_import, contact, p_row.fields));
  elsif decision.action = 'update' then
    if decision.changes ?| array['fields', 'custom'] then
      perform private.set_import_fields(
        p_import, contact, coalesce(decision.changes -> 'fields', '{}'), coalesce(decision.changes -> 'custom', '{}'), 'to'
      );
    end if;
    added := private.add_import_parts(p_import, contact, decision.changes);
  end if;
  update public.import_rows
  set action = decision.action, reason = decision.reason, contact_id = contact, matched_on = decision.matched_on,
      changes = decision.changes, undo = jsonb_build_object('added', added), applied_at = now(),
      contact_version = (select version from public.contacts where tenant_id = p_import.tenant_id and id = contact)
  where tenant_id = p_row.tenant_id and id = p_row.id;
end
$$;

create function private.apply_import_row(p_import public.imports, p_row public.import_rows) returns void
language plpgsql set search_path = '' as $$
-- One row that cannot be written (a rule that the check did not foresee) does not hold up the others.
declare
  words text;
begin
  perform private.do_import_row(p_import, p_row);
exception
  when others then
    if sqlstate !~ '^(22|23|PT4)' then
      raise;
    end if;
    words := case when sqlstate ~ '^PT' then sqlerrm else 'This row could not be written.' end;
    update public.import_rows
    set action = 'error', applied_at = now(),
        errors = errors || jsonb_build_object('column', null, 'code', 'refused', 'words', words, 'level', 'error')
    where tenant_id = p_row.tenant_id and id = p_row.id;
end
$$;

create function private.begin_import_batch(p_import public.imports, p_numbers integer[]) returns void
language plpgsql set search_path = '' as $$
-- The audit log names the person whose import it is, though a worker does it; open lists hear of the batch, not of its rows.
begin
  perform pg_catalog.set_config('fieldlite.actor', coalesce(p_import.created_by::text, ''), true);
  perform pg_catalog.set_config('fieldlite.quiet', 'on', true);
  perform private.lock_import_keys(p_import, p_numbers);
  perform private.lock_import_contacts(p_import, p_numbers);
end
$$;

create function private.end_import_batch(p_import public.imports) returns void
language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.set_config('fieldlite.quiet', 'off', true);
  perform pg_catalog.set_config('fieldlite.actor', '', true);
  perform private.announce_contacts(p_import.tenant_id, array[p_import.tenant_id]);
end
$$;

create function private.finish_import(p_import public.imports) returns void
language sql set search_path = '' as $$
-- What the check foresaw gives way to what happened.
  update public.imports as finished
  set status = 'done', finished_at = now(), create_count = counted.creates, update_count = counted.updates,
      skip_count = counted.skips, error_count = counted.errors
  from private.count_import_rows(p_import.tenant_id, p_import.id, 0, 2147483647) as counted
  where finished.tenant_id = p_import.tenant_id and finished.id = p_import.id;
$$;

create function backend.apply_import_rows(p_tenant uuid, p_import uuid, p_limit integer) returns integer
language plpgsql security definer set search_path = '' as $$
-- Applies the next rows and returns how many; 0 when none is left (the import is done then) or it was canceled.
declare
  import public.imports;
  numbers integer[];
  entry public.import_rows;
begin
  select * into import from public.imports where tenant_id = p_tenant and id = p_import for update;
  if import.status is distinct from 'running' then
    return 0;
  end if;
  select coalesce(array_agg(waiting.number), '{}') into numbers
  from (
    select number
    from public.import_rows
    where tenant_id = p_tenant and import_id = p_import and applied_at is null and action <> 'error'
    order by number
    limit p_limit
  ) as waiting;
  if cardinality(numbers) = 0 then
    perform private.finish_import(import);
    return 0;
  end if;
  perform private.begin_import_batch(import, numbers);
  for entry in
    select * from public.import_rows
    where tenant_id = p_tenant and import_id = p_import and number = any (numbers)
    order by number
  loop
    perform private.apply_import_row(import, entry);
  end loop;
  perform private.end_import_batch(import);
  update public.imports set done_count = done_count + cardinality(numbers) where tenant_id = p_tenant and id = p_import;
  return cardinality(numbers);
end
$$;

create function backend.fail_import(p_tenant uuid, p_import uuid, p_words text) returns void
language sql security definer set search_path = '' as $$
-- Gives up: work on it would fail the same way again. What was done stays, and can be undone.
  update public.imports
  set status = 'failed', error = left(p_words, 500), finished_at = now()
  where tenant_id = p_tenant and id = p_import and status in ('checking', 'running', 'undoing');
$$;

-- The safety net: an import whose task died, or was never asked for, gets one

create function private.defer_imports() returns table (tenant_id uuid, import_id uuid)
language sql set search_path = '' as $$
-- Called by the worker's tick; returns the imports that got a task.
  select waiting.tenant_id, waiting.id
  from public.imports as waiting
  where waiting.status in ('checking', 'running', 'undoing')
    and not exists (
      select from background.procrastinate_jobs as task
      where task.queueing_lock = 'import:' || waiting.id and task.status in ('todo', 'doing')
    )
    and private.defer_import(waiting.tenant_id, waiting.id) is not null;
$$;

-- Grants

grant execute on function backend.apply_import_rows(uuid, uuid, integer), backend.fail_import(uuid, uuid, text) to fieldlite_worker;
