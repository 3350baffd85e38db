-- Why: an import that went wrong is taken back as a whole, except where somebody has worked on since: what a person did after it
-- is worth more than a clean undo, and the import says what it left.

create function private.remove_import_parts(p_import public.imports, p_contact uuid, p_added jsonb) returns boolean
language plpgsql set search_path = '' as $$
-- Removes what a row added to a contact that stays, as far as nobody changed it; false when something was left.
declare
  left_over boolean;
begin
  delete from public.contact_tags
  where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'contact_tags' ? id::text;
  delete from public.contact_phones
  where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'contact_phones' ? id::text and version = 1;
  delete from public.contact_emails
  where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'contact_emails' ? id::text and version = 1;
  update public.properties set deleted_at = now(), deleted_by = p_import.created_by
  where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'properties' ? id::text
    and version = 1 and deleted_at is null;
  update public.notes set deleted_at = now(), deleted_by = p_import.created_by
  where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'notes' ? id::text
    and version = 1 and deleted_at is null;
  select
    exists (
      select from public.contact_phones
      where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'contact_phones' ? id::text
    ) or exists (
      select from public.contact_emails
      where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'contact_emails' ? id::text
    ) or exists (
      select from public.properties
      where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'properties' ? id::text and deleted_at is null
    ) or exists (
      select from public.notes
      where tenant_id = p_import.tenant_id and contact_id = p_contact and p_added -> 'notes' ? id::text and deleted_at is null
    )
  into left_over;
  return not left_over;
end
$$;

create function private.unchanged_since_import(
  p_import public.imports, p_contact public.contacts, p_fields jsonb, p_is_custom boolean
) returns jsonb
language sql stable set search_path = '' as $$
-- Of {name: {from, to}} those that the contact still has as the import left them.
  select coalesce(jsonb_object_agg(field.key, field.value), '{}')
  from jsonb_each(p_fields) as field
  where field.value -> 'to' is not distinct from case
    when p_is_custom then p_contact.custom_values -> field.key
    when field.key = 'organization' then (
      select to_jsonb(organization.name)
      from public.organizations as organization
      where organization.tenant_id = p_import.tenant_id and organization.id = p_contact.organization_id
    )
    else to_jsonb(p_contact) -> field.key
  end;
$$;

create function private.is_untouched(p_import public.imports, p_row public.import_rows, p_contact public.contacts) returns boolean
language sql stable set search_path = '' as $$
-- Whether a contact that a row made is still as it was made, and nothing hangs on it that the row did not bring.
  select p_contact.version = p_row.contact_version
    and not exists (
      select from public.contact_phones
      where tenant_id = p_import.tenant_id and contact_id = p_contact.id
        and (version > 1 or not coalesce(p_row.undo #> '{added,contact_phones}' ? id::text, false))
    )
    and not exists (
      select from public.contact_emails
      where tenant_id = p_import.tenant_id and contact_id = p_contact.id
        and (version > 1 or not coalesce(p_row.undo #> '{added,contact_emails}' ? id::text, false))
    )
    and not exists (
      select from public.properties
      where tenant_id = p_import.tenant_id and contact_id = p_contact.id and deleted_at is null
        and (version > 1 or not coalesce(p_row.undo #> '{added,properties}' ? id::text, false))
    )
    and not exists (
      select from public.notes
      where tenant_id = p_import.tenant_id and contact_id = p_contact.id and deleted_at is null
        and (version > 1 or not coalesce(p_row.undo #> '{added,notes}' ? id::text, false))
    )
    and not exists (
      select from public.contact_tags
      where tenant_id = p_import.tenant_id and contact_id = p_contact.id
        and not coalesce(p_row.undo #> '{added,contact_tags}' ? id::text, false)
    )
    and not exists (
      select from public.tasks where tenant_id = p_import.tenant_id and contact_id = p_contact.id and deleted_at is null
    )
    and not exists (
      select from public.attachments where tenant_id = p_import.tenant_id and contact_id = p_contact.id and deleted_at is null
    )
    and not exists (
      select from public.invoices where tenant_id = p_import.tenant_id and contact_id = p_contact.id and deleted_at is null
    )
    and not exists (
      select from public.timeline_entries
      where tenant_id = p_import.tenant_id and contact_id = p_contact.id and at > p_row.applied_at
    );
$$;

create function private.undo_import_row(p_import public.imports, p_number integer) returns void
language plpgsql set search_path = '' as $$
declare
  entry public.import_rows;
  contact public.contacts;
  fields jsonb;
  custom jsonb;
  whole boolean;
  left_over text;
begin
  select * into entry from public.import_rows
  where tenant_id = p_import.tenant_id and import_id = p_import.id and number = p_number;
  select * into contact
  from public.contacts
  where tenant_id = p_import.tenant_id and id = entry.contact_id and deleted_at is null
  for no key update;
  if not found then
    whole := true;  -- deleted or merged since: nothing of the row is left here
  elsif entry.action = 'create' then
    whole := private.is_untouched(p_import, entry, contact);
    left_over := case when not whole then 'contact' end;
    if whole then
      update public.contacts set deleted_at = now(), deleted_by = p_import.created_by
      where tenant_id = p_import.tenant_id and id = contact.id;
    end if;
  else
    fields := private.unchanged_since_import(p_import, contact, coalesce(entry.changes -> 'fields', '{}'), false);
    custom := private.unchanged_since_import(p_import, contact, coalesce(entry.changes -> 'custom', '{}'), true);
    if fields <> '{}' or custom <> '{}' then
      perform private.set_import_fields(p_import, contact.id, fields, custom, 'from');
    end if;
    whole := private.remove_import_parts(p_import, contact.id, entry.undo -> 'added')
      and fields = coalesce(entry.changes -> 'fields', '{}') and custom = coalesce(entry.changes -> 'custom', '{}');
    left_over := case when not whole then 'fields' end;
  end if;
  update public.import_rows set undone_at = now(), left_behind = left_over
  where tenant_id = entry.tenant_id and id = entry.id;
  if whole and contact.version = entry.contact_version then
    perform private.hand_version_back(p_import, entry);
  end if;
end
$$;

create function private.hand_version_back(p_import public.imports, p_row public.import_rows) returns void
language sql set search_path = '' as $$
-- An earlier row of the file touched the same contact: what this undo did to it is not somebody's change.
  update public.import_rows as earlier
  set contact_version = (
    select version from public.contacts where tenant_id = p_import.tenant_id and id = p_row.contact_id
  )
  where earlier.tenant_id = p_import.tenant_id and earlier.import_id = p_import.id and earlier.contact_id = p_row.contact_id
    and earlier.number < p_row.number and earlier.undone_at is null and earlier.applied_at is not null;
$$;

create function backend.undo_import_rows(p_tenant uuid, p_import uuid, p_limit integer) returns integer
language plpgsql security definer set search_path = '' as $$
-- Takes back the last rows first; returns how many, 0 when none is left (the import is undone then).
declare
  import public.imports;
  numbers integer[];
  number_now integer;
begin
  select * into import from public.imports where tenant_id = p_tenant and id = p_import for update;
  if import.status is distinct from 'undoing' then
    return 0;
  end if;
  select coalesce(array_agg(waiting.number order by waiting.number desc), '{}') into numbers
  from (
    select number
    from public.import_rows
    where tenant_id = p_tenant and import_id = p_import and applied_at is not null and undone_at is null
      and action in ('create', 'update')
    order by number desc
    limit p_limit
  ) as waiting;
  if cardinality(numbers) = 0 then
    update public.imports set status = 'undone', undone_at = now() where tenant_id = p_tenant and id = p_import;
    return 0;
  end if;
  perform private.begin_import_batch(import, numbers);
  foreach number_now in array numbers loop
    perform private.undo_import_row(import, number_now);
  end loop;
  perform private.end_import_batch(import);
  update public.imports
  set undone_count = undone_count + cardinality(numbers),
      left_count = left_count + (
        select count(*) from public.import_rows
        where tenant_id = p_tenant and import_id = p_import and number = any (numbers) and left_behind is not null
      )
  where tenant_id = p_tenant and id = p_import;
  return cardinality(numbers);
end
$$;

-- Grants

grant execute on function backend.undo_import_rows(uuid, uuid, integer) to fieldlite_worker;
