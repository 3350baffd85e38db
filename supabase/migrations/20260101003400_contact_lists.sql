-- Why: the list of contacts is asked for in three orders, by every person of the office, all day. Each order has its index; what
-- moves with every text, the last activity, is kept beside the contacts: a text must not make a new version of its contact.

-- Tables

create table private.contact_activity (
  contact_id uuid primary key,
  tenant_id uuid not null,
  at timestamptz not null,
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id) on delete cascade
);
comment on table private.contact_activity is 'When something last entered a contact''s timeline; else when the contact was made.';
alter table private.contact_activity enable row level security;

create index contact_activity_recent on private.contact_activity (tenant_id, at desc, contact_id desc);

-- Functions

create function private.note_activity(p_tenant uuid, p_contact uuid, p_at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  insert into private.contact_activity as known (contact_id, tenant_id, at) values (p_contact, p_tenant, p_at)
  on conflict (contact_id) do update set at = excluded.at
  where known.at < excluded.at;
end
$$;

create function private.follow_activity() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'contacts' then
    perform private.note_activity(new.tenant_id, new.id, new.created_at);
  else
    perform private.note_activity(new.tenant_id, new.contact_id, new.at);
  end if;
  return null;
end
$$;

create function private.announce_contacts(p_tenant uuid, p_contacts uuid[], p_operation text default 'update') returns void
language plpgsql set search_path = '' as $$
-- The list has changed in these rows. Work on very many (an import) says so once, by the company's id, or does it by itself
-- and keeps this quiet.
declare
  contact uuid;
begin
  if cardinality(p_contacts) = 0 or current_setting('fieldlite.quiet', true) = 'on' then
    return;
  end if;
  if cardinality(p_contacts) > 20 then
    p_contacts := array[p_tenant];
  end if;
  foreach contact in array p_contacts loop
    perform private.announce(
      p_tenant, 'inbox', 'contact_list', contact, p_operation, coalesce((select version from public.contacts where id = contact), 0)
    );
  end loop;
end
$$;

-- Triggers

create trigger follow_activity after insert on public.contacts for each row execute function private.follow_activity();
create trigger follow_activity after insert or update of contact_id on public.timeline_entries
for each row when (new.contact_id is not null) execute function private.follow_activity();

-- Views

create view public.contact_list with (security_invoker = true) as
select
  contact.id, contact.tenant_id, contact.version, contact.type, contact.name, contact.sort_name, contact.organization_id,
  organization.name as organization_name, contact.job_title, phone.number as primary_phone, email.email as primary_email,
  property.city, tagged.tag_ids, contact.source, contact.created_at, contact.updated_at,
  activity.at as last_activity_at
from public.contacts as contact
left join public.organizations as organization
  on organization.tenant_id = contact.tenant_id and organization.id = contact.organization_id and organization.deleted_at is null
left join lateral (
  select coalesce(kept.e164::text, kept.raw) as number
  from public.contact_phones as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id
  order by kept.is_primary desc, kept.valid desc, kept.created_at, kept.id
  limit 1
) as phone on true
left join lateral (
  select kept.email
  from public.contact_emails as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id
  order by kept.is_primary desc, kept.created_at, kept.id
  limit 1
) as email on true
left join lateral (
  select kept.city
  from public.properties as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id and kept.deleted_at is null
  order by kept.created_at, kept.id
  limit 1
) as property on true
cross join lateral (
  select coalesce(array_agg(kept.tag_id order by kept.created_at, kept.id), '{}') as tag_ids
  from public.contact_tags as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id
) as tagged
left join private.contact_activity as activity on activity.tenant_id = contact.tenant_id and activity.contact_id = contact.id
where contact.deleted_at is null and contact.erased_at is null;
comment on view public.contact_list is 'Contacts as lists show them; public.list_contacts() pages and searches.';

-- Row-level security

create policy "The activity of contacts is seen by the office and the bookkeeper" on private.contact_activity
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

-- Grants. The view is read with the rights of its reader, so the activity must be readable too.

grant select on private.contact_activity to authenticated;
grant select on public.contact_list to authenticated;
