-- Why: people decide when a file is checked, carried out, stopped and taken back; each step is allowed from some states only and
-- asks the worker to do the rest.

create function private.check_import(p_import uuid, p_mapping jsonb, p_options jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  company uuid := private.tenant_id();
  import public.imports;
begin
  perform private.require('contacts.import');
  import := private.import_of(company, p_import);
  perform private.require_import_status(import, '{uploaded,checking,checked}');
  perform private.check_mapping(import, p_mapping);
  delete from private.import_keys where import_id = p_import;
  update public.imports
  set status = 'checking', mapping = p_mapping, options = private.check_import_options(company, p_options),
      check_number = check_number + 1, checked_through = 0, checked_count = 0, warning_count = 0, error_count = 0,
      create_count = 0, update_count = 0, skip_count = 0
  where tenant_id = company and id = p_import;
  perform private.defer_import(company, p_import);
end
$$;

create function private.start_import(p_import uuid) returns void
language plpgsql security definer set search_path = '' as $$
-- Again while it runs or is done: nothing happens.
declare
  company uuid := private.tenant_id();
  import public.imports;
begin
  perform private.require('contacts.import');
  import := private.import_of(company, p_import);
  if import.status in ('running', 'done') then
    return;
  end if;
  perform private.require_import_status(import, '{checked}');
  if import.error_count = import.row_count then
    raise sqlstate 'PT409' using message = 'No row of this file can be imported.', detail = 'nothing_to_import';
  end if;
  update public.imports set status = 'running', started_at = now() where tenant_id = company and id = p_import;
  perform private.defer_import(company, p_import);
end
$$;

create function private.cancel_import(p_import uuid) returns void
language plpgsql security definer set search_path = '' as $$
-- What was done until now stays, and can be undone. A check that is canceled leaves the file for another one.
declare
  company uuid := private.tenant_id();
  import public.imports;
begin
  perform private.require('contacts.import');
  import := private.import_of(company, p_import);
  if import.status = 'canceled' then
    return;
  end if;
  perform private.require_import_status(import, '{uploading,uploaded,checking,checked,running}');
  update public.imports
  set status = case when import.status = 'checking' then 'uploaded' else 'canceled' end::public.import_status,
      finished_at = case when import.status <> 'checking' then now() end
  where tenant_id = company and id = p_import;
end
$$;

create function private.undo_import(p_import uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  company uuid := private.tenant_id();
  import public.imports;
begin
  perform private.require('contacts.import');
  import := private.import_of(company, p_import);
  if import.status in ('undoing', 'undone') then
    return;
  end if;
  perform private.require_import_status(import, '{done,canceled,failed}');
  if import.done_count = 0 then
    raise sqlstate 'PT409' using message = 'This import changed nothing.', detail = 'nothing_to_undo';
  end if;
  if import.started_at < now() - interval '30 days' then
    raise sqlstate 'PT410' using message = 'An import can be undone for 30 days.', detail = 'too_late';
  end if;
  update public.imports set status = 'undoing', error = null where tenant_id = company and id = p_import;
  perform private.defer_import(company, p_import);
end
$$;

create function public.check_import(p_import uuid, p_mapping jsonb, p_options jsonb default '{}') returns void
language sql set search_path = '' as $$
  select private.check_import(p_import, p_mapping, p_options);
$$;
comment on function public.check_import is
  'Finds out what an import would do, without doing it; again with other choices at any time before the start.';

create function public.start_import(p_import uuid) returns void
language sql set search_path = '' as $$
  select private.start_import(p_import);
$$;
comment on function public.start_import is 'Does what the check showed, in the background.';

create function public.cancel_import(p_import uuid) returns void
language sql set search_path = '' as $$
  select private.cancel_import(p_import);
$$;
comment on function public.cancel_import is 'Stops an import after the batch in hand; what was done stays until it is undone.';

create function public.undo_import(p_import uuid) returns void
language sql set search_path = '' as $$
  select private.undo_import(p_import);
$$;
comment on function public.undo_import is 'Takes back what an import did, except what somebody changed since; for 30 days.';

-- Grants

grant execute on function
  private.check_import(uuid, jsonb, jsonb), private.start_import(uuid), private.cancel_import(uuid), private.undo_import(uuid),
  public.check_import(uuid, jsonb, jsonb), public.start_import(uuid), public.cancel_import(uuid), public.undo_import(uuid)
to authenticated;
