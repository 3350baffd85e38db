-- Why: a company brings its address book along as a file. The service reads it into rows and the worker works on them, batch by
-- batch, each batch one transaction: whatever dies in between, the next worker goes on. What a row becomes is decided here
-- (this file: tables and upload; 3705: the steps; 3710: what a row would do; 3720: doing it; 3730: taking it back).

-- Types

create type public.import_status as enum (
  'uploading', 'uploaded', 'checking', 'checked', 'running', 'done', 'canceled', 'failed', 'undoing', 'undone'
);
create type public.import_action as enum ('create', 'update', 'skip', 'error');

-- Tables

create table public.imports (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  name text not null check (length(name) between 1 and 200),
  status public.import_status not null default 'uploading',
  file_hash bytea not null,
  encoding text not null default 'utf-8',
  delimiter text not null default ',' check (length(delimiter) = 1),
  headers jsonb not null default '[]',
  mapping jsonb not null default '[]',
  options jsonb not null default '{}',
  check_number integer not null default 0,
  checked_through integer not null default 0,
  row_count integer not null default 0,
  checked_count integer not null default 0,
  warning_count integer not null default 0,
  error_count integer not null default 0,
  create_count integer not null default 0,
  update_count integer not null default 0,
  skip_count integer not null default 0,
  done_count integer not null default 0,
  undone_count integer not null default 0,
  left_count integer not null default 0,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  unique (tenant_id, id)
);
comment on column public.imports.mapping is 'For each header a target (private.is_import_target) or null; proposed at the upload.';
comment on column public.imports.options is
  '{country: two letters, type: contact type of new contacts, on_duplicate: update, skip or create, tag_id: tag of all contacts}';
comment on column public.imports.checked_through is 'Rows up to this number are checked with the present mapping and options.';
comment on column public.imports.left_count is 'Contacts that an undo left, wholly or in part, because somebody had changed them.';

create table public.import_rows (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  import_id uuid not null,
  number integer not null check (number >= 1),
  cells jsonb not null default '[]',
  fields jsonb not null default '{}',
  action public.import_action,
  reason text,
  errors jsonb not null default '[]',
  changes jsonb not null default '{}',
  matched_contact_id uuid,
  matched_row integer,
  matched_on text[] not null default '{}',
  contact_id uuid,
  contact_version integer,
  content_hash text,
  undo jsonb,
  applied_at timestamptz,
  undone_at timestamptz,
  left_behind text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, import_id) references public.imports (tenant_id, id) on delete cascade,
  foreign key (tenant_id, matched_contact_id) references public.contacts (tenant_id, id) on delete set null (matched_contact_id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id) on delete set null (contact_id),
  unique (tenant_id, import_id, number)
);
comment on table public.import_rows is 'The rows of a file: as typed (cells), as understood (fields), and what came of them.';
comment on column public.import_rows.number is 'As a spreadsheet counts: the first row of the file is 1, mostly the headings.';
comment on column public.import_rows.errors is '[{column, code, words, level: error or warning}]; column is the index of a cell.';
comment on column public.import_rows.reason is 'Why a row is skipped: duplicate, unchanged, already_imported, same_row.';
comment on column public.import_rows.contact_version is
  'The contact''s version after this row: a higher one means that somebody changed it.';
comment on column public.import_rows.left_behind is 'What the undo did not take back: contact (the whole contact stays) or fields.';

create table private.import_keys (
  import_id uuid not null references public.imports (id) on delete cascade,
  key text not null,
  number integer not null,
  primary key (import_id, key)
);
comment on table private.import_keys is
  'The first row of a file under check that has a key: finds rows of one file that are the same person.';
alter table private.import_keys enable row level security;

-- Indexes

create index imports_list on public.imports (tenant_id, created_at desc, id desc);
create index imports_in_work on public.imports (id) where status in ('checking', 'running', 'undoing');
create index import_rows_to_apply on public.import_rows (tenant_id, import_id, number)
where applied_at is null and action <> 'error';
create index import_rows_to_undo on public.import_rows (tenant_id, import_id, number desc)
where applied_at is not null and undone_at is null;
create index import_rows_content on public.import_rows (tenant_id, content_hash) where applied_at is not null and undone_at is null;
create index import_rows_contact on public.import_rows (tenant_id, contact_id) where contact_id is not null;
create index import_rows_match on public.import_rows (tenant_id, matched_contact_id) where matched_contact_id is not null;

-- Steps

insert into private.transitions (machine, old_status, new_status)
select 'import', step.old_status, unnest(step.new_statuses)
from (
  values
    ('uploading', '{uploaded,canceled}'::text[]),
    ('uploaded', '{checking,canceled}'),
    ('checking', '{checked,uploaded,canceled,failed}'),
    ('checked', '{checking,running,canceled}'),
    ('running', '{done,canceled,failed}'),
    ('done', '{undoing}'),
    ('canceled', '{undoing}'),
    ('failed', '{undoing}'),
    ('undoing', '{undone,failed}')
) as step (old_status, new_statuses);

-- Triggers

create function private.announce_import() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(new.tenant_id, 'inbox', 'imports', new.id, lower(tg_op), new.version);
  return null;
end
$$;

create trigger touch before update on public.imports for each row execute function private.touch_tenant_row();
create trigger check_transition before update of status on public.imports
for each row when (old.status <> new.status) execute function private.check_transition('import');
create trigger announce after insert or update on public.imports for each row execute function private.announce_import();
create trigger touch before update on public.import_rows for each row execute function private.touch_tenant_row();

-- Functions

create function private.import_fields(p_tenant uuid) returns jsonb
language sql stable set search_path = '' as $$
-- The company's own fields that a column may become.
  select coalesce(
    jsonb_agg(
      jsonb_build_object('id', field.id, 'label', field.label, 'kind', field.kind, 'options', field.options)
      order by field.position, field.id
    ),
    '[]'
  )
  from public.custom_fields as field
  where field.tenant_id = p_tenant and field.entity = 'contact' and field.archived_at is null;
$$;

create function private.is_import_target(p_tenant uuid, p_target text) returns boolean
language sql stable set search_path = '' as $$
-- The same list as service/contacts/targets.py; a test compares them.
  select p_target = any (array[
      'name', 'first_name', 'last_name', 'organization', 'job_title', 'type', 'source',
      'phone', 'phone_type', 'phone_2', 'phone_2_type', 'phone_3', 'phone_3_type', 'email', 'email_2',
      'line1', 'line2', 'city', 'region', 'postal_code', 'country', 'tags', 'note'
    ])
    or exists (
      select from public.custom_fields as field
      where field.tenant_id = p_tenant and 'custom:' || field.id = p_target
        and field.entity = 'contact' and field.archived_at is null
    );
$$;

create function private.check_mapping(p_import public.imports, p_mapping jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  target text;
  seen text[] := '{}';
begin
  if jsonb_typeof(p_mapping) is distinct from 'array' or jsonb_array_length(p_mapping) <> jsonb_array_length(p_import.headers) then
    raise sqlstate 'PT422' using message = 'Say for each column what it is.', detail = 'bad_mapping';
  end if;
  for target in select * from jsonb_array_elements_text(p_mapping) loop
    continue when target is null;
    if not private.is_import_target(p_import.tenant_id, target) then
      raise sqlstate 'PT422' using message = 'A column is set to a field that does not exist (any more).', detail = 'bad_mapping';
    end if;
    if target = any (seen) and target not in ('tags', 'note') then
      raise sqlstate 'PT422' using message = 'Two columns are set to the same field.', detail = 'mapped_twice';
    end if;
    seen := seen || target;
  end loop;
  if not seen && array['name', 'first_name', 'last_name', 'organization', 'phone', 'phone_2', 'phone_3', 'email', 'email_2'] then
    raise sqlstate 'PT422' using
      message = 'Say which column is the name, the phone number or the e-mail address.', detail = 'nobody_mapped';
  end if;
end
$$;

create function private.check_import_options(p_tenant uuid, p_options jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
-- Returns the options, complete.
declare
  complete jsonb := jsonb_build_object(
    'country', (select country from public.tenants where id = p_tenant), 'type', 'customer', 'on_duplicate', 'update'
  ) || jsonb_strip_nulls(p_options);
begin
  if complete ->> 'country' !~ '^[A-Z]{2}$'
    or complete ->> 'type' <> all (enum_range(null::public.contact_type)::text[])
    or complete ->> 'on_duplicate' not in ('update', 'skip', 'create')
  then
    raise sqlstate 'PT422' using message = 'An option of the import is not right.', detail = 'bad_options';
  end if;
  if complete ? 'tag_id' and not exists (
    select from public.tags where tenant_id = p_tenant and id::text = complete ->> 'tag_id'
  ) then
    raise sqlstate 'PT422' using message = 'That tag does not exist any more.', detail = 'no_such_tag';
  end if;
  return complete;
end
$$;

create function private.import_of(p_tenant uuid, p_import uuid) returns public.imports
language plpgsql set search_path = '' as $$
-- The import, held until the end of the transaction: one step of it at a time.
declare
  import public.imports;
begin
  select * into import from public.imports where tenant_id = p_tenant and id = p_import for update;
  if not found then
    raise sqlstate 'PT404' using message = 'There is no such import.', detail = 'no_such_import';
  end if;
  return import;
end
$$;

create function private.require_import_status(p_import public.imports, p_allowed public.import_status[]) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if p_import.status <> all (p_allowed) then
    raise sqlstate 'PT409' using
      message = format('That is not possible: the import is %s.', p_import.status), detail = 'wrong_step';
  end if;
end
$$;

create function private.defer_import(p_tenant uuid, p_import uuid) returns bigint
language sql set search_path = '' as $$
  select private.defer(
    'work_on_import', 'importing', jsonb_build_object('tenant_id', p_tenant, 'import_id', p_import), 'import:' || p_import
  );
$$;
comment on function private.defer_import(uuid, uuid) is 'One waiting task per import does what its status asks for.';

-- Upload: what the service calls

create function backend.import_fields(p_tenant uuid, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require_member(p_tenant, p_user, 'contacts.import');
  return private.import_fields(p_tenant);
end
$$;

create function private.import_summary(p_tenant uuid, p_import uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'id', import.id, 'name', import.name, 'status', import.status, 'encoding', import.encoding, 'delimiter', import.delimiter,
    'headers', import.headers, 'mapping', import.mapping, 'options', import.options, 'row_count', import.row_count
  )
  from public.imports as import
  where import.tenant_id = p_tenant and import.id = p_import;
$$;

create function backend.create_import(p_tenant uuid, p_user uuid, p_import uuid, p_file_hash bytea, p_description jsonb)
returns jsonb
language plpgsql security definer set search_path = '' as $$
-- Again with the same file: goes on where the upload stopped. With another file, while nothing was taken in whole: replaced.
declare
  import public.imports;
begin
  perform private.require_member(p_tenant, p_user, 'contacts.import');
  if not private.take_token('imports:' || p_tenant, 1.0 / 60, 20) then
    raise sqlstate 'PT429' using message = 'Many files were uploaded just now. Try again in some minutes.', detail = 'too_fast';
  end if;
  insert into public.imports (id, tenant_id, created_by, name, file_hash, encoding, delimiter, headers, mapping, options)
  select
    p_import, p_tenant, p_user, left(coalesce(nullif(btrim(described.name), ''), 'contacts.csv'), 200), p_file_hash,
    described.encoding, described.delimiter, described.headers, described.mapping,
    private.check_import_options(p_tenant, '{}')
  from jsonb_to_record(p_description) as described (name text, encoding text, delimiter text, headers jsonb, mapping jsonb)
  on conflict (id) do nothing;
  select * into import from public.imports where tenant_id = p_tenant and id = p_import for update;
  if not found or (import.file_hash <> p_file_hash and import.status <> 'uploading') then
    raise sqlstate 'PT409' using message = 'Another file was uploaded under this id.', detail = 'id_taken';
  end if;
  if import.file_hash <> p_file_hash then
    delete from public.import_rows where tenant_id = p_tenant and import_id = p_import;
    update public.imports
    set file_hash = p_file_hash, name = left(coalesce(nullif(btrim(p_description ->> 'name'), ''), 'contacts.csv'), 200),
        encoding = p_description ->> 'encoding', delimiter = p_description ->> 'delimiter',
        headers = p_description -> 'headers', mapping = p_description -> 'mapping'
    where tenant_id = p_tenant and id = p_import;
  end if;
  return private.import_summary(p_tenant, p_import);
end
$$;

create function backend.add_import_rows(p_tenant uuid, p_user uuid, p_import uuid, p_rows jsonb) returns integer
language plpgsql security definer set search_path = '' as $$
-- p_rows {rows: [{number, cells}]}; rows that are there already stay. Returns how many were new.
declare
  added integer;
begin
  perform private.require_member(p_tenant, p_user, 'contacts.import');
  perform private.require_import_status(private.import_of(p_tenant, p_import), '{uploading}');
  insert into public.import_rows (tenant_id, import_id, number, cells, created_by)
  select p_tenant, p_import, sent.number, sent.cells, p_user
  from jsonb_to_recordset(p_rows -> 'rows') as sent (number integer, cells jsonb)
  on conflict (tenant_id, import_id, number) do nothing;
  get diagnostics added = row_count;
  return added;
end
$$;

create function backend.finish_upload(p_tenant uuid, p_user uuid, p_import uuid, p_row_count integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
-- Idempotent. The number of rows that the service read must be what arrived; more than 50,000 are refused.
declare
  import public.imports;
  arrived integer;
begin
  perform private.require_member(p_tenant, p_user, 'contacts.import');
  import := private.import_of(p_tenant, p_import);
  if import.status = 'uploading' then
    select count(*) into arrived from public.import_rows where tenant_id = p_tenant and import_id = p_import;
    if arrived <> p_row_count or arrived not between 1 and 50000 then
      raise sqlstate 'PT409' using message = 'The file did not arrive whole. Upload it again.', detail = 'upload_incomplete';
    end if;
    update public.imports set status = 'uploaded', row_count = arrived where tenant_id = p_tenant and id = p_import;
  end if;
  return private.import_summary(p_tenant, p_import);
end
$$;

-- Views

create view public.import_list with (security_invoker = true) as
select
  import.id, import.tenant_id, import.version, import.name, import.status, import.encoding, import.delimiter, import.headers,
  import.mapping, import.options, import.row_count, import.checked_count, import.warning_count, import.error_count,
  import.create_count, import.update_count, import.skip_count, import.done_count, import.undone_count, import.left_count,
  import.error, import.started_at, import.finished_at, import.undone_at, import.created_at, import.updated_at,
  import.created_by, author.display_name as created_by_name
from public.imports as import
left join public.memberships as author on author.tenant_id = import.tenant_id and author.user_id = import.created_by;
comment on view public.import_list is 'Imports with who made them; page by (created_at, id), newest first.';

create view public.import_row_list with (security_invoker = true) as
select
  entry.id, entry.tenant_id, entry.version, entry.import_id, entry.number, entry.cells,
  case when checked.is_checked then entry.action end as action,
  case when checked.is_checked then entry.reason end as reason,
  case when checked.is_checked then entry.errors else '[]' end as errors,
  case when checked.is_checked then entry.changes else '{}' end as changes,
  case when checked.is_checked then entry.matched_on else '{}' end as matched_on,
  case when checked.is_checked then entry.matched_row end as matched_row,
  case when checked.is_checked then entry.matched_contact_id end as matched_contact_id,
  matched.name as matched_name, entry.contact_id, entry.applied_at, entry.undone_at, entry.left_behind
from public.import_rows as entry
join public.imports as import on import.tenant_id = entry.tenant_id and import.id = entry.import_id
cross join lateral (select entry.number <= import.checked_through as is_checked) as checked
left join public.contacts as matched
  on checked.is_checked and matched.tenant_id = entry.tenant_id and matched.id = entry.matched_contact_id;
comment on view public.import_row_list is
  'What an import makes of each row; page by number. Rows that are not checked yet have no action.';

-- Row-level security

alter table public.imports enable row level security;
alter table public.import_rows enable row level security;

create policy "Imports are seen by owners, managers and dispatchers" on public.imports
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.import')));

create policy "Rows of imports are seen by owners, managers and dispatchers" on public.import_rows
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.import')));

-- Grants

grant select on public.imports, public.import_rows, public.import_list, public.import_row_list to authenticated;
grant execute on function
  backend.import_fields(uuid, uuid), backend.create_import(uuid, uuid, uuid, bytea, jsonb),
  backend.add_import_rows(uuid, uuid, uuid, jsonb), backend.finish_upload(uuid, uuid, uuid, integer)
to fieldlite_portal;
