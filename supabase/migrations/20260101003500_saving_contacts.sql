-- Why: a form saves a contact with its numbers, addresses and tags, and either all of it or none must be kept. A request whose
-- answer got lost is sent again and changes nothing; one that was made on an older version is refused, never half applied.

-- Functions. All run with the rights of the caller: row-level security decides.

create function private.filled(p_text text) returns text
language sql immutable set search_path = '' as $$
  select nullif(btrim(p_text), '');
$$;

create function private.organization_named(p_name text) returns uuid
language plpgsql set search_path = '' as $$
-- The organization of that name, whatever its case; made where there is none.
declare
  found_id uuid;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(private.tenant_id() || lower(p_name), 2));
  select id into found_id from public.organizations
  where tenant_id = private.tenant_id() and lower(name) = lower(p_name) and deleted_at is null
  order by created_at
  limit 1;
  if not found then
    insert into public.organizations (name) values (p_name) returning id into found_id;
  end if;
  return found_id;
end
$$;

create function private.contact_fields(p_contact jsonb) returns jsonb
language plpgsql set search_path = '' as $$
-- What the form says of the contact itself, by column; nothing for what it does not say.
declare
  fields jsonb;
begin
  select coalesce(
    jsonb_object_agg(
      given.key,
      case when jsonb_typeof(given.value) = 'string' then to_jsonb(private.filled(given.value #>> '{}')) else given.value end
    ),
    '{}'
  ) into fields
  from jsonb_each(p_contact) as given
  where given.key = any (array['type', 'name', 'organization_id', 'job_title', 'source', 'custom_values']);
  if private.filled(p_contact ->> 'organization_name') is not null and p_contact ->> 'organization_id' is null then
    fields := fields || jsonb_build_object('organization_id', private.organization_named(btrim(p_contact ->> 'organization_name')));
  end if;
  if length(fields ->> 'name') > 200 then
    raise sqlstate 'PT422' using message = 'A name can have 200 characters at most.', detail = 'bad_name';
  end if;
  return fields;
end
$$;

create function private.apply_fields(p_contact public.contacts, p_fields jsonb) returns public.contacts
language sql stable set search_path = '' as $$
-- The contact as it would be; of custom values only the given ones change, null takes one away.
  select jsonb_populate_record(
    p_contact,
    p_fields || jsonb_build_object(
      'custom_values', jsonb_strip_nulls(p_contact.custom_values || coalesce(nullif(p_fields -> 'custom_values', 'null'), '{}'))
    )
  );
$$;

create function private.wanted_phones(p_contact uuid, p_phones jsonb)
returns table (
  id uuid, e164 public.e164, raw text, extension text, label text, type public.phone_type, is_primary boolean
)
language sql stable set search_path = '' as $$
-- The numbers of a form, one of them primary; one without an id is the contact's own that has the same number.
  select
    coalesce((item ->> 'id')::uuid, kept.id, gen_random_uuid()), private.filled(item ->> 'e164')::public.e164,
    coalesce(private.filled(item ->> 'raw'), item ->> 'e164'), private.filled(item ->> 'extension'),
    private.filled(item ->> 'label'), coalesce(item ->> 'type', 'mobile')::public.phone_type,
    row_number() over (order by coalesce((item ->> 'is_primary')::boolean, false) desc, place) = 1
  from jsonb_array_elements(p_phones) with ordinality as given (item, place)
  left join public.contact_phones as kept
    on kept.tenant_id = private.tenant_id() and kept.contact_id = p_contact and kept.e164 = private.filled(item ->> 'e164')
  order by place;
$$;

create function private.wanted_emails(p_contact uuid, p_emails jsonb)
returns table (id uuid, email text, label text, is_primary boolean)
language sql stable set search_path = '' as $$
  select
    coalesce((item ->> 'id')::uuid, kept.id, gen_random_uuid()), btrim(item ->> 'email'), private.filled(item ->> 'label'),
    row_number() over (order by coalesce((item ->> 'is_primary')::boolean, false) desc, place) = 1
  from jsonb_array_elements(p_emails) with ordinality as given (item, place)
  left join public.contact_emails as kept
    on kept.tenant_id = private.tenant_id() and kept.contact_id = p_contact and lower(kept.email) = lower(btrim(item ->> 'email'))
  order by place;
$$;

create function private.check_lists(p_contact jsonb) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if exists (
    select from jsonb_array_elements(coalesce(p_contact -> 'phones', '[]')) as item
    where coalesce(private.filled(item ->> 'raw'), private.filled(item ->> 'e164')) is null
      or private.filled(item ->> 'e164') !~ '^\+[1-9][0-9]{6,14}$'
      or length(item ->> 'raw') > 64 or length(item ->> 'extension') > 12 or length(item ->> 'label') > 40
  ) then
    raise sqlstate 'PT422' using message = 'One of the telephone numbers is not complete.', detail = 'bad_phone';
  end if;
  if exists (
    select from jsonb_array_elements(coalesce(p_contact -> 'emails', '[]')) as item
    where private.is_email(btrim(item ->> 'email')) is not true or length(item ->> 'label') > 40
  ) then
    raise sqlstate 'PT422' using message = 'One of the e-mail addresses is not complete.', detail = 'bad_email';
  end if;
end
$$;

create function private.replace_lists(p_contact uuid, p_lists jsonb) returns void
language plpgsql set search_path = '' as $$
-- A list that is given replaces the contact's, one that is absent (or null) stays.
begin
  if jsonb_typeof(p_lists -> 'phones') = 'array' then
    delete from public.contact_phones as kept
    where kept.tenant_id = private.tenant_id() and kept.contact_id = p_contact
      and not exists (select from private.wanted_phones(p_contact, p_lists -> 'phones') as wanted where wanted.id = kept.id);
    insert into public.contact_phones as kept (id, contact_id, e164, raw, extension, label, type, is_primary)
    select id, p_contact, e164, raw, extension, label, type, is_primary
    from private.wanted_phones(p_contact, p_lists -> 'phones')
    on conflict (id) do update
    set e164 = excluded.e164, raw = excluded.raw, extension = excluded.extension, label = excluded.label, type = excluded.type,
        is_primary = excluded.is_primary
    where kept.contact_id = p_contact;
  end if;
  if jsonb_typeof(p_lists -> 'emails') = 'array' then
    delete from public.contact_emails as kept
    where kept.tenant_id = private.tenant_id() and kept.contact_id = p_contact
      and not exists (select from private.wanted_emails(p_contact, p_lists -> 'emails') as wanted where wanted.id = kept.id);
    insert into public.contact_emails as kept (id, contact_id, email, label, is_primary)
    select id, p_contact, email, label, is_primary
    from private.wanted_emails(p_contact, p_lists -> 'emails')
    on conflict (id) do update
    set email = excluded.email, label = excluded.label, is_primary = excluded.is_primary
    where kept.contact_id = p_contact;
  end if;
  if jsonb_typeof(p_lists -> 'tag_ids') = 'array' then
    delete from public.contact_tags as kept
    where kept.tenant_id = private.tenant_id() and kept.contact_id = p_contact
      and not (p_lists -> 'tag_ids') ? kept.tag_id::text;
    -- A tag that somebody deleted meanwhile is gone for this form too.
    insert into public.contact_tags (contact_id, tag_id)
    select p_contact, tag.id from public.tags as tag
    where tag.tenant_id = private.tenant_id() and (p_lists -> 'tag_ids') ? tag.id::text
    on conflict (tenant_id, contact_id, tag_id) do nothing;
  end if;
exception
  when unique_violation then
    raise sqlstate 'PT422' using
      message = 'The same number or address is there twice.', detail = 'listed_twice';
  when check_violation or string_data_right_truncation then
    raise sqlstate 'PT422' using message = 'One of these values is too long.', detail = 'too_long';
end
$$;

create function private.has_lists(p_contact uuid, p_lists jsonb) returns boolean
language sql stable set search_path = '' as $$
-- Whether the contact's lists are already those of the form.
  select
    (jsonb_typeof(p_lists -> 'phones') is distinct from 'array' or (
      select coalesce(array_agg((e164, raw, extension, label, type, is_primary)::text order by e164, raw), '{}')
      from private.wanted_phones(p_contact, p_lists -> 'phones')
    ) = (
      select coalesce(array_agg((e164, raw, extension, label, type, is_primary)::text order by e164, raw), '{}')
      from public.contact_phones where tenant_id = private.tenant_id() and contact_id = p_contact
    ))
    and (jsonb_typeof(p_lists -> 'emails') is distinct from 'array' or (
      select coalesce(array_agg((email, label, is_primary)::text order by email), '{}')
      from private.wanted_emails(p_contact, p_lists -> 'emails')
    ) = (
      select coalesce(array_agg((email, label, is_primary)::text order by email), '{}')
      from public.contact_emails where tenant_id = private.tenant_id() and contact_id = p_contact
    ))
    and (jsonb_typeof(p_lists -> 'tag_ids') is distinct from 'array' or (
      select coalesce(array_agg(id order by id), '{}') from public.tags
      where tenant_id = private.tenant_id() and (p_lists -> 'tag_ids') ? id::text
    ) = (
      select coalesce(array_agg(tag_id order by tag_id), '{}') from public.contact_tags
      where tenant_id = private.tenant_id() and contact_id = p_contact
    ));
$$;

create function private.save_contact(p_contact jsonb) returns uuid
language plpgsql set search_path = '' as $$
declare
  contact_id constant uuid := coalesce((p_contact ->> 'id')::uuid, gen_random_uuid());
  base_version constant integer := (p_contact ->> 'version')::integer;
  fields jsonb;
  known public.contacts;
  wanted public.contacts;
begin
  perform private.require('contacts.write');
  perform private.check_lists(p_contact);
  fields := private.contact_fields(p_contact);
  if base_version is null then
    wanted := private.apply_fields(jsonb_populate_record(null::public.contacts, '{"type": "lead", "custom_values": {}}'), fields);
    insert into public.contacts (id, type, name, organization_id, job_title, source, custom_values)
    values (contact_id, wanted.type, wanted.name, wanted.organization_id, wanted.job_title, wanted.source, wanted.custom_values)
    on conflict (id) do nothing;
    if found then
      perform private.replace_lists(contact_id, p_contact);
      return contact_id;
    end if;
  end if;
  select * into known from public.contacts
  where tenant_id = private.tenant_id() and id = contact_id and deleted_at is null for no key update;
  if not found then
    raise sqlstate 'PT404' using message = 'This contact was deleted or merged meanwhile.', detail = 'no_such_contact';
  end if;
  wanted := private.apply_fields(known, fields);
  if known.version is distinct from base_version then
    if (wanted.type, wanted.name, wanted.organization_id, wanted.job_title, wanted.source, wanted.custom_values)
      is not distinct from (known.type, known.name, known.organization_id, known.job_title, known.source, known.custom_values)
      and private.has_lists(contact_id, p_contact)
    then
      return contact_id;
    end if;
    raise sqlstate 'PT409' using
      message = 'Somebody else changed this contact meanwhile. Load it again.', detail = 'stale';
  end if;
  -- Lists first: locks are taken in one order (see merging).
  perform private.replace_lists(contact_id, p_contact);
  update public.contacts
  set type = wanted.type, name = wanted.name, organization_id = wanted.organization_id, job_title = wanted.job_title,
      source = wanted.source, custom_values = wanted.custom_values
  where tenant_id = private.tenant_id() and id = contact_id;
  return contact_id;
end
$$;

-- What browsers call

create function public.save_contact(p_contact jsonb) returns uuid
language sql set search_path = '' as $$
  select private.save_contact(p_contact);
$$;
comment on function public.save_contact is
  'Makes a contact {id, type, name, organization_id or organization_name, job_title, source, custom_values, phones, emails, '
  'tag_ids} or, with its version, changes it.';

-- Grants

grant execute on function
  private.filled(text), private.organization_named(text), private.contact_fields(jsonb),
  private.apply_fields(public.contacts, jsonb), private.wanted_phones(uuid, jsonb), private.wanted_emails(uuid, jsonb),
  private.check_lists(jsonb), private.replace_lists(uuid, jsonb), private.has_lists(uuid, jsonb), private.save_contact(jsonb),
  public.save_contact(jsonb)
to authenticated;
