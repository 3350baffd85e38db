-- Why: files of a contact are kept by Storage under the company's own folder; the row says what a file is called and whose it
-- is. The browser uploads first and inserts the row then, so a row without a file cannot be.

-- The bucket. Signed links of five minutes are the only way to a file; nothing that a browser would run (HTML, SVG) is taken.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (
  'attachments', 'attachments', false, 26214400,
  array[
    'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/heic', 'image/heif', 'image/tiff', 'image/bmp',
    'audio/*', 'video/mp4', 'application/pdf', 'text/plain', 'text/csv', 'text/calendar', 'text/vcard', 'application/rtf',
    'application/msword', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.ms-excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.ms-powerpoint', 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet'
  ]
)
on conflict (id) do update
set public = excluded.public, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

-- Tables

create table public.attachments (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid not null,
  note_id uuid,
  path text not null generated always as (tenant_id::text || '/' || id::text) stored,
  name text not null check (length(btrim(name)) between 1 and 255),
  mime_type text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, note_id) references public.notes (tenant_id, id)
);
comment on column public.attachments.path is 'The object''s name in bucket attachments.';
comment on column public.attachments.size_bytes is 'With mime_type: as Storage says, not as the browser does.';

-- Indexes

create index attachments_contact on public.attachments (tenant_id, contact_id, created_at desc, id desc);
create index attachments_note on public.attachments (tenant_id, note_id) where note_id is not null;

-- Functions

create function private.take_file() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  file jsonb;
begin
  select object.metadata into file
  from storage.objects as object
  where object.bucket_id = 'attachments' and object.name = new.tenant_id || '/' || new.id;
  if not found then
    raise sqlstate 'PT422' using message = 'That file did not arrive. Upload it again.', detail = 'not_uploaded';
  end if;
  new.mime_type := coalesce(file ->> 'mimetype', 'application/octet-stream');
  new.size_bytes := coalesce((file ->> 'size')::bigint, 0);
  return new;
end
$$;

create function private.is_attached(p_path text) returns boolean
language sql stable security definer set search_path = '' as $$
-- Whether a row stands for the file, also a deleted one: it can be restored. The folder is the company.
  select exists (
    select from public.attachments
    where tenant_id = private.tenant_id() and path = p_path and id = private.to_uuid(split_part(p_path, '/', 2))
  );
$$;

-- Triggers

create trigger touch before update on public.attachments for each row execute function private.touch_tenant_row();
create trigger take_file before insert on public.attachments for each row execute function private.take_file();
create trigger show after insert or update on public.attachments
for each row execute function private.show_in_timeline('attachment');
create trigger announce after insert or update on public.attachments
for each row execute function private.announce_to_inbox();

-- Row-level security

alter table public.attachments enable row level security;

create policy "Attachments are seen by the office and the bookkeeper" on public.attachments
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and deleted_at is null);

create policy "Attachments are added by the office" on public.attachments
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Attachments are renamed by the office" on public.attachments
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')) and deleted_at is null)
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Attached files are read by the office and the bookkeeper" on storage.objects
for select to authenticated
using (
  bucket_id = 'attachments' and (storage.foldername(name))[1] = (select private.tenant_id())::text
  and (select private.may('contacts.read'))
);

create policy "Files to attach are uploaded by the office" on storage.objects
for insert to authenticated
with check (
  bucket_id = 'attachments' and (storage.foldername(name))[1] = (select private.tenant_id())::text
  and (select private.may('contacts.write'))
);

create policy "Uploads that no attachment stands for are removed by the office" on storage.objects
for delete to authenticated
using (
  bucket_id = 'attachments' and (storage.foldername(name))[1] = (select private.tenant_id())::text
  and (select private.may('contacts.write')) and not private.is_attached(name)
);

-- Grants

grant select on public.attachments to authenticated;
grant insert (id, contact_id, note_id, name), update (name) on public.attachments to authenticated;
grant execute on function private.is_attached(text) to authenticated;
