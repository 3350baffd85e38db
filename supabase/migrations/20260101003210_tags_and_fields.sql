-- Why: every company sorts its contacts in its own words: tags, fields of its own, and lists that somebody wants to come back to.

-- Types

create type public.tag_color as enum ('gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple');
create type public.custom_field_kind as enum ('text', 'number', 'date', 'boolean', 'choice');
create type public.custom_field_entity as enum ('contact');

-- Tables

create table public.tags (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  name text not null check (length(btrim(name)) between 1 and 40),
  color public.tag_color not null default 'gray',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  unique (tenant_id, id)
);
comment on column public.tags.color is 'The name of a token: the screen knows what it looks like.';

create table public.contact_tags (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid not null,
  tag_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, tag_id) references public.tags (tenant_id, id) on delete cascade,
  unique (tenant_id, contact_id, tag_id)
);

create table public.custom_fields (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  entity public.custom_field_entity not null default 'contact',
  label text not null check (length(btrim(label)) between 1 and 80),
  kind public.custom_field_kind not null,
  options text[] not null default '{}' check (cardinality(options) <= 100 and array_position(options, null) is null),
  position integer not null default 0,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id)
);
comment on table public.custom_fields is 'Never deleted, only archived: contacts keep what was entered.';
comment on column public.custom_fields.options is 'What can be chosen, in order; for kind choice only.';

create table public.saved_filters (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  user_id uuid not null default auth.uid(),
  place text not null check (length(place) between 1 and 40),
  name text not null check (length(btrim(name)) between 1 and 80),
  filter jsonb not null check (jsonb_typeof(filter) = 'object' and length(filter::text) <= 4000),
  is_shared boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  foreign key (tenant_id, user_id) references public.memberships (tenant_id, user_id)
);
comment on column public.saved_filters.place is 'The list that it belongs to.';
comment on column public.saved_filters.is_shared is 'Colleagues see, change and delete it too.';

-- Indexes

create unique index tags_name on public.tags (tenant_id, lower(name));
create index contact_tags_tag on public.contact_tags (tenant_id, tag_id, contact_id);
create unique index custom_fields_label on public.custom_fields (tenant_id, entity, lower(label)) where archived_at is null;
create index saved_filters_list on public.saved_filters (tenant_id, place, name, id);

-- Functions

create function private.fits_field(p_value jsonb, p_kind public.custom_field_kind, p_options text[]) returns boolean
language sql immutable set search_path = '' as $$
  select case p_kind
    when 'text' then jsonb_typeof(p_value) = 'string' and length(p_value #>> '{}') between 1 and 2000
    when 'number' then jsonb_typeof(p_value) = 'number'
    when 'boolean' then jsonb_typeof(p_value) = 'boolean'
    when 'date' then
      jsonb_typeof(p_value) = 'string' and private.is_day(p_value #>> '{}')
    when 'choice' then jsonb_typeof(p_value) = 'string' and p_value #>> '{}' = any (p_options)
  end;
$$;

create function private.check_custom_values() returns trigger
language plpgsql set search_path = '' as $$
-- Only what changed is checked: a value outlives the archiving of its field and the removal of its choice. Merges and their
-- undoing carry such values from contact to contact.
declare
  wrong record;
begin
  if current_setting('fieldlite.keeps_values', true) = 'on' then
    return new;
  end if;
  select given.key, field.label, field.id, field.archived_at into wrong
  from jsonb_each(new.custom_values) as given
  left join public.custom_fields as field
    on field.tenant_id = new.tenant_id and field.entity = 'contact' and field.id::text = given.key
  where (tg_op = 'INSERT' or given.value is distinct from old.custom_values -> given.key)
    and (field.id is null or field.archived_at is not null or not private.fits_field(given.value, field.kind, field.options))
  limit 1;
  if not found then
    return new;
  elsif wrong.id is null or wrong.archived_at is not null then
    raise sqlstate 'PT422' using message = 'That field does not exist any more. Load the page again.', detail = 'no_such_field';
  end if;
  raise sqlstate 'PT422' using
    message = format('What you entered for "%s" does not fit.', wrong.label), detail = 'bad_custom_value';
end
$$;

create function private.announce_to_inbox() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  subject jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform private.announce(
    (subject ->> 'tenant_id')::uuid, 'inbox', coalesce(tg_argv[0], tg_table_name), (subject ->> 'id')::uuid,
    case when subject ->> 'deleted_at' is null then lower(tg_op) else 'delete' end, (subject ->> 'version')::integer
  );
  return null;
end
$$;
comment on function private.announce_to_inbox() is
  'After any change: the inbox area hears of it, without the row; the argument names the view that shows it.';

-- Triggers

create trigger touch before update on public.tags for each row execute function private.touch_tenant_row();
create trigger touch before update on public.contact_tags for each row execute function private.touch_tenant_row();
create trigger touch before update on public.custom_fields for each row execute function private.touch_tenant_row();
create trigger touch before update on public.saved_filters for each row execute function private.touch_tenant_row();
create trigger check_custom_values before insert or update of custom_values on public.contacts
for each row when (new.custom_values <> '{}') execute function private.check_custom_values();
create trigger announce after insert or update or delete on public.tags
for each row execute function private.announce_to_inbox();
create trigger announce after insert or update on public.custom_fields
for each row execute function private.announce_to_inbox();
create trigger announce after insert or update on public.organizations
for each row execute function private.announce_to_inbox();

-- Row-level security

alter table public.tags enable row level security;
alter table public.contact_tags enable row level security;
alter table public.custom_fields enable row level security;
alter table public.saved_filters enable row level security;

create policy "Tags are seen by the office and the bookkeeper" on public.tags
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

create policy "Tags are made by the office" on public.tags
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Tags are changed by the office" on public.tags
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')))
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Tags are deleted, with all their uses, by owners and managers" on public.tags
for delete to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')));

create policy "Tags of contacts are seen by the office and the bookkeeper" on public.contact_tags
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

create policy "Tags of contacts are put on by the office" on public.contact_tags
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Tags of contacts are taken off by the office" on public.contact_tags
for delete to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Custom fields are seen by the office and the bookkeeper" on public.custom_fields
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

create policy "Custom fields are made by owners and managers" on public.custom_fields
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')));

create policy "Custom fields are changed by owners and managers" on public.custom_fields
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')))
with check (tenant_id = (select private.tenant_id()) and (select private.may('settings.write')));

create policy "Saved filters are seen by their author, shared ones by all who see contacts" on public.saved_filters
for select to authenticated
using (
  tenant_id = (select private.tenant_id()) and (select private.may('contacts.read'))
  and (is_shared or user_id = (select auth.uid()))
);

create policy "Filters are saved for oneself" on public.saved_filters
for insert to authenticated
with check (
  tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and user_id = (select auth.uid())
);

create policy "Saved filters are changed by those who see them" on public.saved_filters
for update to authenticated
using (
  tenant_id = (select private.tenant_id()) and (select private.may('contacts.read'))
  and (is_shared or user_id = (select auth.uid()))
)
with check (
  tenant_id = (select private.tenant_id()) and (select private.may('contacts.read'))
  and (is_shared or user_id = (select auth.uid()))
);

create policy "Saved filters are deleted by those who see them" on public.saved_filters
for delete to authenticated
using (
  tenant_id = (select private.tenant_id()) and (select private.may('contacts.read'))
  and (is_shared or user_id = (select auth.uid()))
);

-- Grants

grant select on public.tags, public.contact_tags, public.custom_fields, public.saved_filters to authenticated;
grant insert (id, name, color), update (name, color), delete on public.tags to authenticated;
grant insert (id, contact_id, tag_id), delete on public.contact_tags to authenticated;
grant insert (id, label, kind, options, position), update (label, options, position, archived_at)
on public.custom_fields to authenticated;
grant insert (id, place, name, filter, is_shared), update (name, filter, is_shared), delete on public.saved_filters to authenticated;
grant execute on function
  private.fits_field(jsonb, public.custom_field_kind, text[]), private.is_day(text)
to authenticated;
