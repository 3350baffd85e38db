-- Why: "who changed this, when, from what to what" must have an answer that nobody can edit. The log is written by trigger, so
-- no path goes round it, and it keeps neither secrets nor what machines count.

-- Types

create type public.audit_action as enum ('insert', 'update', 'delete');
create type public.audit_actor as enum ('person', 'service', 'job', 'operator');

-- Tables

create table public.audit_log (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  line bigint not null generated always as identity,
  actor_kind public.audit_actor not null,
  actor_id uuid,
  request_id text,
  table_name text not null,
  row_id uuid not null,
  action public.audit_action not null,
  old_values jsonb,
  new_values jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid
);
comment on table public.audit_log is 'Append-only; page by line, newest first. Values hold the columns that changed.';
comment on column public.audit_log.actor_kind is
  'A person; the service or a job of the worker acting for nobody in particular; an operator with the database''s password.';

-- Indexes

create index audit_log_list on public.audit_log (tenant_id, line desc);
create index audit_log_row on public.audit_log (tenant_id, row_id, line desc);
create index audit_log_actor on public.audit_log (tenant_id, actor_id, line desc);
create index audit_log_table on public.audit_log (tenant_id, table_name, line desc);

-- Functions

-- (plpgsql throughout: these run for every row that a person changes, and a connection plans their statements once.)

create function private.audited(p_row jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
-- A row's values as the log keeps them: secrets stay out by the endings of their names, so do times and counters of the row.
begin
  return (
    select coalesce(jsonb_object_agg(field.key, field.value), '{}')
    from jsonb_each(p_row) as field
    where field.key !~ '(_encrypted|_hash|_token|_secret)$'
      and field.key <> all (
        array['id', 'tenant_id', 'created_at', 'updated_at', 'version', 'sort_name', 'last_activity_at', 'access_epoch']
      )
  );
end
$$;

create function private.actor_id() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(nullif(current_setting('fieldlite.actor', true), '')::uuid, auth.uid());
end
$$;
comment on function private.actor_id() is 'The person who acts: signed in, or named by the service in this transaction.';

create function private.request_id() returns text
language plpgsql stable set search_path = '' as $$
begin
  return left(
    coalesce(
      nullif(current_setting('fieldlite.request_id', true), ''),
      nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-request-id'
    ),
    100
  );
end
$$;
comment on function private.request_id() is 'The id that the service or the browser gave the request under way.';

create function private.write_audit(p_table text, p_tenant uuid, p_row uuid, p_action public.audit_action, p_old jsonb, p_new jsonb)
returns void
language plpgsql set search_path = '' as $$
declare
  actor constant uuid := private.actor_id();
begin
  insert into public.audit_log (
    tenant_id, actor_kind, actor_id, request_id, table_name, row_id, action, old_values, new_values, created_by
  )
  values (
    p_tenant,
    case
      when actor is not null then 'person'
      when session_user = 'fieldlite_worker' then 'job'
      when session_user in ('fieldlite_webhook', 'fieldlite_portal', 'authenticator') then 'service'
      else 'operator'
    end::public.audit_actor,
    actor, private.request_id(), p_table, p_row, p_action, p_old, p_new, actor
  );
end
$$;

create function private.audit() returns trigger
language plpgsql security definer set search_path = '' as $$
-- After each row; an argument names the column of the company where it is not tenant_id. An update that changes nothing that
-- the log keeps is not written.
declare
  was jsonb;
  became jsonb;
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  if tg_op <> 'INSERT' then
    was := private.audited(to_jsonb(old));
  end if;
  if tg_op <> 'DELETE' then
    became := private.audited(row_now);
  end if;
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(field.key, field.value) into became
    from jsonb_each(became) as field
    where field.value is distinct from was -> field.key;
    if became is null then
      return null;
    end if;
    select jsonb_object_agg(field.key, field.value) into was from jsonb_each(was) as field where became ? field.key;
  else
    was := jsonb_strip_nulls(was);
    became := jsonb_strip_nulls(became);
  end if;
  perform private.write_audit(
    tg_table_name, (row_now ->> coalesce(tg_argv[0], 'tenant_id'))::uuid, (row_now ->> 'id')::uuid,
    lower(tg_op)::public.audit_action, was, became
  );
  return null;
end
$$;

create function private.refuse_audit_change() returns trigger
language plpgsql set search_path = '' as $$
-- Nobody has the right to change the log; this stands before the owner too. Retention and erasure say what they are doing.
begin
  if coalesce(current_setting('fieldlite.audit_maintenance', true), '') <> 'on' then
    raise sqlstate 'PT403' using message = 'The audit log cannot be changed.', detail = 'append_only';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;

create function private.scrub_audit(p_tenant uuid, p_rows uuid[]) returns integer
language plpgsql set search_path = '' as $$
-- For the erasure of a person: what happened to these rows stays, what stood in them goes. Returns how many lines changed.
declare
  scrubbed integer;
begin
  perform pg_catalog.set_config('fieldlite.audit_maintenance', 'on', true);
  update public.audit_log
  set old_values = '{"erased": true}', new_values = '{"erased": true}'
  where tenant_id = p_tenant and row_id = any (p_rows)
    and (old_values is distinct from '{"erased": true}' or new_values is distinct from '{"erased": true}');
  get diagnostics scrubbed = row_count;
  perform pg_catalog.set_config('fieldlite.audit_maintenance', 'off', true);
  return scrubbed;
end
$$;

create function private.audit_table(p_table regclass) returns void
language plpgsql set search_path = '' as $$
-- Every later table of people's decisions is audited by one call in its own migration.
begin
  execute format(
    'create trigger audit after insert or update or delete on %s for each row execute function private.audit()', p_table
  );
end
$$;

-- Triggers. Not audited are ledgers that only grow (consents, payment_events, timeline_entries), machines' streams
-- (sms_messages, webhook_events, import_rows) and this log itself; docs/security.md has the list.

create trigger refuse_change before update or delete on public.audit_log
for each row execute function private.refuse_audit_change();
create trigger refuse_truncate before truncate on public.audit_log
for each statement execute function private.refuse_audit_change();
create trigger touch before update on public.audit_log for each row execute function private.touch_tenant_row();

create trigger audit after update on public.tenants for each row execute function private.audit('id');
create trigger audit after update on public.conversations
for each row when (old.status <> new.status or old.assigned_to is distinct from new.assigned_to)
execute function private.audit();
-- An import counts its progress in its row: only its steps are kept.
create trigger audit_upload after insert on public.imports for each row execute function private.audit();
create trigger audit after update on public.imports
for each row when (old.status <> new.status) execute function private.audit();

select private.audit_table(('public.' || relation.name)::regclass)
from unnest(
  array[
    'memberships', 'invitations', 'phone_numbers', 'twilio_settings', 'contacts', 'contact_phones', 'contact_emails',
    'organizations', 'properties', 'tags', 'contact_tags', 'custom_fields', 'notes', 'tasks', 'attachments', 'saved_filters',
    'merges', 'invoices', 'invoice_items', 'payments', 'payment_allocations', 'refunds', 'disputes', 'document_links',
    'stripe_accounts', 'subscriptions'
  ]
) as relation (name);

-- Views

create view public.audit_list with (security_invoker = true) as
select
  entry.id, entry.tenant_id, entry.line, entry.created_at as at, entry.actor_kind, entry.actor_id,
  actor.display_name as actor_name, entry.request_id, entry.table_name, entry.row_id, entry.action,
  coalesce(
    entry.new_values ->> 'name', entry.new_values ->> 'title', entry.new_values ->> 'display_name', entry.new_values ->> 'number',
    entry.old_values ->> 'name', entry.old_values ->> 'title', entry.old_values ->> 'display_name', entry.old_values ->> 'number'
  ) as subject,
  entry.old_values, entry.new_values
from public.audit_log as entry
left join public.memberships as actor on actor.tenant_id = entry.tenant_id and actor.user_id = entry.actor_id;
comment on view public.audit_list is 'The audit log with names: page by line, newest first.';

-- Row-level security

alter table public.audit_log enable row level security;

create policy "The audit log is seen by owners and managers" on public.audit_log
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('audit.read')));

-- Grants

grant select on public.audit_log, public.audit_list to authenticated;
