-- Buckets and policies of a made-up project: tenants keep files in folders that begin with the tenant's id.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('desk-cabinet', 'desk-cabinet', false, null, null),
  ('desk-archive', 'desk-archive', false, null, null),
  ('desk-letterbox', 'desk-letterbox', false, null, null),
  ('desk-window', 'desk-window', true, null, null),
  ('desk-photos', 'desk-photos', false, 1000, array['image/*', 'text/plain'])
on conflict (id) do nothing;

create policy "Desk: people see the buckets" on storage.buckets for select to authenticated
  using (id like 'desk-%');

create policy "Desk: people see their tenant's files" on storage.objects for select to authenticated
  using (
    bucket_id in ('desk-cabinet', 'desk-archive', 'desk-window', 'desk-photos')
    and (storage.foldername(name))[1] = (select auth.jwt()) ->> 'tenant'
  );
create policy "Desk: people add to their tenant's files" on storage.objects for insert to authenticated
  with check (
    bucket_id in ('desk-cabinet', 'desk-archive', 'desk-window', 'desk-photos')
    and (storage.foldername(name))[1] = (select auth.jwt()) ->> 'tenant'
  );
create policy "Desk: people change their tenant's files" on storage.objects for update to authenticated
  using (
    bucket_id in ('desk-cabinet', 'desk-archive')
    and (storage.foldername(name))[1] = (select auth.jwt()) ->> 'tenant'
  )
  with check (
    bucket_id in ('desk-cabinet', 'desk-archive')
    and (storage.foldername(name))[1] = (select auth.jwt()) ->> 'tenant'
  );
create policy "Desk: people delete their tenant's files" on storage.objects for delete to authenticated
  using (bucket_id = 'desk-cabinet' and (storage.foldername(name))[1] = (select auth.jwt()) ->> 'tenant');

create policy "Desk: everybody throws letters in" on storage.objects for insert to anon, authenticated
  with check (bucket_id = 'desk-letterbox');
