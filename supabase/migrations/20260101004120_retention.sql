-- Why: what is kept for ever is a liability. Every kind of data that is not the company's own to keep has a period
-- (private.retention), and the worker deletes what is older, batch by batch.

-- Indexes: what a job that runs over all companies looks for

create index contacts_purge on public.contacts (deleted_at) where deleted_at is not null;
create index organizations_purge on public.organizations (deleted_at) where deleted_at is not null;
create index properties_purge on public.properties (deleted_at) where deleted_at is not null;
create index notes_purge on public.notes (deleted_at) where deleted_at is not null;
create index tasks_purge on public.tasks (deleted_at) where deleted_at is not null;
create index attachments_purge on public.attachments (deleted_at) where deleted_at is not null;
create index invoices_purge on public.invoices (deleted_at) where deleted_at is not null;
-- Rows come in the order of time, so a few pages of BRIN find the old ones.
create index webhook_events_age on public.webhook_events using brin (created_at);
create index audit_log_age on public.audit_log using brin (created_at);

-- Functions

create function private.purge_contacts(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
-- Deleted contacts go with all that hangs on them. One that has invoices stays as "Erased person", for the books. What was merged
-- into another contact goes with that one: until then it leads there.
declare
  dead public.contacts;
  group_ids uuid[];
  details jsonb;
  drafts uuid[];
  purged integer := 0;
begin
  for dead in
    select * from public.contacts
    where deleted_at < private.oldest('deleted records') and merged_into_id is null
    order by deleted_at
    limit p_limit
    for update skip locked
  loop
    purged := purged + 1;
    group_ids := private.person_contacts(dead.tenant_id, dead.id);
    select jsonb_object_agg(detail.name, to_jsonb(coalesce(detail.ids, '{}'))) into details
    from private.contact_details(dead.tenant_id, group_ids) as detail;
    drafts := private.drop_drafts(dead.tenant_id, group_ids);
    perform private.delete_details(dead.tenant_id, details);
    if exists (select from public.invoices where tenant_id = dead.tenant_id and contact_id = any (group_ids)) then
      perform private.empty_contacts(dead.tenant_id, group_ids);
    else
      perform private.forget_contacts(dead.tenant_id, group_ids);
    end if;
    perform private.scrub_audit(dead.tenant_id, group_ids || drafts || private.all_ids(details));
  end loop;
  return purged;
end
$$;

create function private.forget_contacts(p_tenant uuid, p_contacts uuid[]) returns void
language plpgsql set search_path = '' as $$
-- Texts stay with their number: they are the company's correspondence, and belong to no contact any more.
begin
  update public.conversations set contact_id = null where tenant_id = p_tenant and contact_id = any (p_contacts);
  update public.timeline_entries set contact_id = null where tenant_id = p_tenant and contact_id = any (p_contacts);
  update public.properties set contact_id = null where tenant_id = p_tenant and contact_id = any (p_contacts);
  delete from public.contacts where tenant_id = p_tenant and id = any (p_contacts);
end
$$;

create function private.purge_organizations(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
declare
  dead public.organizations;
  places uuid[];
  purged integer := 0;
begin
  for dead in
    select * from public.organizations
    where deleted_at < private.oldest('deleted records')
    order by deleted_at
    limit p_limit
    for update skip locked
  loop
    purged := purged + 1;
    update public.contacts set organization_id = null where tenant_id = dead.tenant_id and organization_id = dead.id;
    update public.properties set organization_id = null
    where tenant_id = dead.tenant_id and organization_id = dead.id and contact_id is not null;
    with gone as (
      delete from public.properties where tenant_id = dead.tenant_id and organization_id = dead.id returning id
    )
    select array_agg(id) into places from gone;
    delete from public.organizations where tenant_id = dead.tenant_id and id = dead.id;
    perform private.scrub_audit(dead.tenant_id, dead.id || coalesce(places, '{}'));
  end loop;
  return purged;
end
$$;

create function private.purge_records(p_table text, p_limit integer) returns integer
language plpgsql set search_path = '' as $$
-- Deleted notes, tasks, attachments and properties.
declare
  dead record;
  purged integer := 0;
begin
  for dead in
    execute format(
      'select id, tenant_id from public.%I where deleted_at < private.oldest(''deleted records'') '
      'order by deleted_at limit $1 for update skip locked', p_table
    ) using p_limit
  loop
    purged := purged + 1;
    perform private.delete_details(dead.tenant_id, jsonb_build_object(p_table, jsonb_build_array(dead.id)));
    perform private.scrub_audit(dead.tenant_id, array[dead.id]);
  end loop;
  return purged;
end
$$;

create function private.purge_drafts(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
declare
  dead uuid[];
begin
  dead := array(
    select id from public.invoices
    where deleted_at < private.oldest('deleted records') and status = 'draft'
    order by deleted_at
    limit p_limit
    for update skip locked
  );
  delete from public.invoice_items where invoice_id = any (dead);
  delete from public.invoices where id = any (dead);
  return cardinality(dead);
end
$$;

create function private.end_undo_of_merges(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
-- The merge stays in the timeline and the old contact leads to the new one; what was kept to take it back goes.
declare
  merge public.merges;
  details jsonb;
  ended integer := 0;
begin
  for merge in
    select * from public.merges
    where created_at < private.oldest('undo of merges') and moved <> '{}'
    order by created_at
    limit p_limit
    for update skip locked
  loop
    ended := ended + 1;
    update public.merges set fields = '{}', moved = '{}' where tenant_id = merge.tenant_id and id = merge.id;
    continue when merge.undone_at is not null;
    select jsonb_object_agg(detail.name, to_jsonb(coalesce(detail.ids, '{}'))) into details
    from private.contact_details(merge.tenant_id, array[merge.loser_id]) as detail
    where detail.name <> 'merges';
    perform private.delete_details(merge.tenant_id, details);
    update public.contacts
    set name = null, organization_id = null, job_title = null, source = null, custom_values = '{}'
    where tenant_id = merge.tenant_id and id = merge.loser_id and merged_into_id is not null;
  end loop;
  return ended;
end
$$;

create function private.forget_import_rows(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
declare
  forgotten integer;
begin
  delete from public.import_rows
  where id in (
    select entry.id
    from public.imports as import
    join public.import_rows as entry on entry.tenant_id = import.tenant_id and entry.import_id = import.id
    where coalesce(import.finished_at, import.created_at) < private.oldest('import rows')
      and import.status not in ('checking', 'running', 'undoing')
    limit p_limit
    for update of entry skip locked
  );
  get diagnostics forgotten = row_count;
  delete from private.import_keys as known
  using public.imports as import
  where import.id = known.import_id and import.status not in ('checking', 'checked')
    and import.updated_at < now() - interval '1 day';
  return forgotten;
end
$$;

create function private.forget(p_table regclass, p_time text, p_kind text, p_limit integer) returns integer
language plpgsql set search_path = '' as $$
-- Deletes rows of a table whose time (an expression) is longer ago than their kind is kept; returns how many.
declare
  forgotten integer;
begin
  execute format(
    'delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s < $1 limit $2 for update skip locked))',
    p_table, p_time
  ) using private.oldest(p_kind), p_limit;
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;

create function private.forget_log_ins(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
-- That they were ended, and which company those that are over worked in.
begin
  delete from private.session_tenants as chosen
  where chosen.chosen_at < private.oldest('ended log-ins')
    and not exists (select from auth.sessions as session where session.id = chosen.session_id);
  return private.forget('private.ended_sessions', 'ended_at', 'ended log-ins', p_limit);
end
$$;

create function private.forget_audit(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
declare
  forgotten integer;
begin
  perform pg_catalog.set_config('fieldlite.audit_maintenance', 'on', true);
  forgotten := private.forget('public.audit_log', 'created_at', 'audit log', p_limit);
  perform pg_catalog.set_config('fieldlite.audit_maintenance', 'off', true);
  return forgotten;
end
$$;

create function private.find_orphaned_files(p_limit integer) returns integer
language plpgsql set search_path = '' as $$
declare
  found_files integer;
begin
  insert into private.files_to_remove (bucket, path, tenant_id)
  select object.bucket_id, object.name, private.to_uuid(split_part(object.name, '/', 1))
  from storage.objects as object
  where object.bucket_id = 'attachments' and object.created_at < private.oldest('orphaned files')
    and private.to_uuid(split_part(object.name, '/', 1)) is not null
    and not exists (
      select from public.attachments as attachment
      where attachment.path = object.name and attachment.id = private.to_uuid(split_part(object.name, '/', 2))
    )
    and not exists (
      select from private.files_to_remove as waiting where waiting.bucket = object.bucket_id and waiting.path = object.name
    )
  limit p_limit
  on conflict do nothing;
  get diagnostics found_files = row_count;
  return found_files;
end
$$;

-- What the worker calls

create function backend.retention_kinds() returns text[]
language sql immutable security definer set search_path = '' as $$
-- In this order: what hangs on something goes after it.
  select array[
    'contacts', 'organizations', 'attachments', 'notes', 'tasks', 'properties', 'drafts', 'undo of merges', 'import rows',
    'provider events', 'invitations', 'ended log-ins', 'used limits', 'orphaned files', 'audit log'
  ];
$$;

create function backend.enforce_retention(p_kind text, p_limit integer) returns integer
language plpgsql security definer set search_path = '' as $$
-- One batch of one kind of what is kept no longer, over all companies; returns how many went, and the worker calls until none
-- does. Each kind by itself, so that one that fails holds up no other. Rows that somebody holds are left to the next call.
begin
  case p_kind
    when 'contacts' then return private.purge_contacts(p_limit);
    when 'organizations' then return private.purge_organizations(p_limit);
    when 'attachments', 'notes', 'tasks', 'properties' then return private.purge_records(p_kind, p_limit);
    when 'drafts' then return private.purge_drafts(p_limit);
    when 'undo of merges' then return private.end_undo_of_merges(p_limit);
    when 'import rows' then return private.forget_import_rows(p_limit);
    -- The same event again would change nothing: texts, payments and refunds know their provider's ids for ever.
    when 'provider events' then return private.forget('public.webhook_events', 'created_at', p_kind, p_limit);
    when 'invitations' then
      return private.forget('public.invitations', 'least(expires_at, accepted_at, revoked_at)', p_kind, p_limit);
    when 'ended log-ins' then return private.forget_log_ins(p_limit);
    when 'used limits' then return private.forget('private.rate_limits', 'refilled_at', p_kind, p_limit);
    when 'orphaned files' then return private.find_orphaned_files(p_limit);
    when 'audit log' then return private.forget_audit(p_limit);
  end case;
end
$$;

create function backend.files_to_remove(p_limit integer) returns table (tenant_id uuid, bucket text, path text)
language sql stable security definer set search_path = '' as $$
-- Files of any company whose rows are gone, the longest waiting first.
  select file.tenant_id, file.bucket, file.path
  from private.files_to_remove as file
  order by file.asked_at, file.bucket, file.path
  limit p_limit;
$$;

-- Grants

grant execute on function
  backend.retention_kinds(), backend.enforce_retention(text, integer), backend.files_to_remove(integer)
to fieldlite_worker;
