-- Why: people delete by mistake. What they delete is hidden with who and when, comes back by one call, and is purged only after
-- the retention period. A row that an UPDATE hides from its own policy fails, so calls do it.

-- Types

create type public.record_kind as enum ('contact', 'organization', 'property', 'note', 'task', 'attachment');

-- Indexes: what is deleted, newest first

create index contacts_deleted on public.contacts (tenant_id, deleted_at desc, id desc) where deleted_at is not null;
create index organizations_deleted on public.organizations (tenant_id, deleted_at desc, id desc) where deleted_at is not null;
create index properties_deleted on public.properties (tenant_id, deleted_at desc, id desc) where deleted_at is not null;
create index notes_deleted on public.notes (tenant_id, deleted_at desc, id desc) where deleted_at is not null;
create index tasks_deleted on public.tasks (tenant_id, deleted_at desc, id desc) where deleted_at is not null;
create index attachments_deleted on public.attachments (tenant_id, deleted_at desc, id desc) where deleted_at is not null;

-- Functions

create function private.record_table(p_kind public.record_kind) returns text
language sql immutable set search_path = '' as $$
  select case p_kind when 'property' then 'properties' else p_kind || 's' end;
$$;

create function private.record_state(p_kind public.record_kind, p_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
-- The row of the caller's company, locked.
declare
  state jsonb;
begin
  execute format(
    'select to_jsonb(kept) from public.%I as kept where tenant_id = $1 and id = $2 for no key update', private.record_table(p_kind)
  ) into state using private.tenant_id(), p_id;
  if state is null then
    raise sqlstate 'PT404' using message = format('That %s does not exist.', p_kind), detail = 'no_such_record';
  end if;
  if state ->> 'erased_at' is not null then
    raise sqlstate 'PT409' using message = 'This person was erased. The name stays for the invoices.', detail = 'contact_erased';
  end if;
  if state ->> 'merged_into_id' is not null then
    raise sqlstate 'PT409' using message = 'This contact was merged into another one. Undo the merge instead.', detail = 'merged';
  end if;
  return state;
end
$$;

create function private.delete_record(p_kind public.record_kind, p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
-- The same again changes nothing: who and when stay the first's.
begin
  perform private.require('contacts.write');
  if private.record_state(p_kind, p_id) ->> 'deleted_at' is null then
    execute format('update public.%I set deleted_at = now(), deleted_by = $2 where id = $1', private.record_table(p_kind))
    using p_id, auth.uid();
  end if;
end
$$;

create function private.restore_record(p_kind public.record_kind, p_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
-- A number may belong to somebody else by now: then two have it, which is no harm.
declare
  state jsonb;
begin
  perform private.require('deleted.restore');
  state := private.record_state(p_kind, p_id);
  if exists (
    select from public.contacts as contact
    where contact.tenant_id = private.tenant_id() and contact.id = (state ->> 'contact_id')::uuid
      and contact.deleted_at is not null
  ) then
    raise sqlstate 'PT409' using
      message = 'It belongs to a contact that was deleted. Restore that one first.', detail = 'contact_deleted';
  end if;
  if state ->> 'deleted_at' is not null then
    execute format('update public.%I set deleted_at = null, deleted_by = null where id = $1', private.record_table(p_kind)) using p_id;
  end if;
end
$$;

create function private.deleted_records(p_after jsonb, p_limit integer)
returns table (kind public.record_kind, id uuid, title text, deleted_at timestamptz, deleted_by_name text, purge_on date, key text)
language plpgsql stable security definer set search_path = '' as $$
-- What was deleted by itself, newest first; what hangs on a deleted contact comes back with it.
declare
  company constant uuid := private.tenant_id();
  last_at constant timestamptz := coalesce((p_after ->> 'key')::timestamptz, 'infinity');
  last_id constant uuid := coalesce((p_after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  rows_asked constant integer := greatest(1, least(coalesce(p_limit, 50), 200));
begin
  perform private.require('deleted.read');
  return query
  with gone (kind, id, title, deleted_at, deleted_by) as (
    (
      select 'contact'::public.record_kind, contact.id, contact.name, contact.deleted_at, contact.deleted_by
      from public.contacts as contact
      where contact.tenant_id = company and contact.deleted_at is not null and contact.merged_into_id is null
        and (contact.deleted_at, contact.id) < (last_at, last_id)
      order by contact.deleted_at desc, contact.id desc limit rows_asked
    )
    union all
    (
      select 'organization', organization.id, organization.name, organization.deleted_at, organization.deleted_by
      from public.organizations as organization
      where organization.tenant_id = company and organization.deleted_at is not null
        and (organization.deleted_at, organization.id) < (last_at, last_id)
      order by organization.deleted_at desc, organization.id desc limit rows_asked
    )
    union all
    (
      select 'property', property.id, concat_ws(', ', property.line1, property.city), property.deleted_at, property.deleted_by
      from public.properties as property
      where property.tenant_id = company and property.deleted_at is not null
        and (property.deleted_at, property.id) < (last_at, last_id)
      order by property.deleted_at desc, property.id desc limit rows_asked
    )
    union all
    (
      select 'note', note.id, left(note.body, 120), note.deleted_at, note.deleted_by
      from public.notes as note
      where note.tenant_id = company and note.deleted_at is not null and (note.deleted_at, note.id) < (last_at, last_id)
      order by note.deleted_at desc, note.id desc limit rows_asked
    )
    union all
    (
      select 'task', task.id, task.title, task.deleted_at, task.deleted_by
      from public.tasks as task
      where task.tenant_id = company and task.deleted_at is not null and (task.deleted_at, task.id) < (last_at, last_id)
      order by task.deleted_at desc, task.id desc limit rows_asked
    )
    union all
    (
      select 'attachment', attachment.id, attachment.name, attachment.deleted_at, attachment.deleted_by
      from public.attachments as attachment
      where attachment.tenant_id = company and attachment.deleted_at is not null
        and (attachment.deleted_at, attachment.id) < (last_at, last_id)
      order by attachment.deleted_at desc, attachment.id desc limit rows_asked
    )
  )
  select
    gone.kind, gone.id, gone.title, gone.deleted_at, who.display_name,
    ((gone.deleted_at + private.kept_for('deleted records')) at time zone tenant.timezone)::date, gone.deleted_at::text
  from gone
  join public.tenants as tenant on tenant.id = company
  left join public.memberships as who on who.tenant_id = company and who.user_id = gone.deleted_by
  order by gone.deleted_at desc, gone.id desc
  limit rows_asked;
end
$$;

-- What browsers call

create function public.delete_record(p_kind public.record_kind, p_id uuid) returns void
language sql set search_path = '' as $$
  select private.delete_record(p_kind, p_id);
$$;
comment on function public.delete_record is 'Hides a contact, organization, property, note, task or attachment, with who and when.';

create function public.restore_record(p_kind public.record_kind, p_id uuid) returns void
language sql set search_path = '' as $$
  select private.restore_record(p_kind, p_id);
$$;
comment on function public.restore_record is 'Brings back what delete_record() hid.';

create function public.deleted_records(p_after jsonb default null, p_limit integer default 50)
returns table (kind public.record_kind, id uuid, title text, deleted_at timestamptz, deleted_by_name text, purge_on date, key text)
language sql stable set search_path = '' as $$
  select * from private.deleted_records(p_after, p_limit);
$$;
comment on function public.deleted_records is
  'What was deleted, newest first, after the last row''s {key, id}, with the day on which it is purged.';

-- Grants

grant execute on function
  private.delete_record(public.record_kind, uuid), private.restore_record(public.record_kind, uuid),
  private.deleted_records(jsonb, integer),
  public.delete_record(public.record_kind, uuid), public.restore_record(public.record_kind, uuid),
  public.deleted_records(jsonb, integer)
to authenticated;
