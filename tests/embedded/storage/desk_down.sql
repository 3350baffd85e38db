drop policy "Desk: people see the buckets" on storage.buckets;
drop policy "Desk: people see their tenant's files" on storage.objects;
drop policy "Desk: people add to their tenant's files" on storage.objects;
drop policy "Desk: people change their tenant's files" on storage.objects;
drop policy "Desk: people delete their tenant's files" on storage.objects;
drop policy "Desk: everybody throws letters in" on storage.objects;
select set_config('storage.allow_delete_query', 'true', false);
delete from storage.objects where bucket_id like 'desk-%';
delete from storage.buckets where id like 'desk-%';
