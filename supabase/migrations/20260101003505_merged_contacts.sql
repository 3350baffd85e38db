-- Why: a merge is a row, so that it can be taken back; and whatever is written to a contact that was merged, by an open page or
-- at the same moment, belongs to the one that it became. Locks are taken in one order everywhere: contact, its numbers,
-- addresses and places, conversations, what the contact is found by.

-- Tables

create table public.merges (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  winner_id uuid not null,
  loser_id uuid not null,
  loser_name text,
  fields jsonb not null default '{}',
  moved jsonb not null default '{}',
  undone_at timestamptz,
  undone_by uuid references public.user_profiles (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, winner_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, loser_id) references public.contacts (tenant_id, id)
);
comment on column public.merges.fields is 'Which person''s value was chosen, by field: winner or loser.';
comment on column public.merges.moved is
  'Ids of moved rows by table and of what was primary, the winner''s fields before and after, the consents that were written.';

-- Indexes

create unique index merges_loser on public.merges (tenant_id, loser_id) where undone_at is null;
create index merges_winner on public.merges (tenant_id, winner_id, created_at desc);

-- Functions

create function private.moving_tables() returns text[]
language sql immutable set search_path = '' as $$
-- In this order: numbers take their conversations along, as a text that comes in locks them; the timeline follows what it shows.
  select array[
    'contact_phones', 'contact_emails', 'contact_tags', 'properties', 'notes', 'tasks', 'attachments', 'invoices', 'timeline_entries'
  ];
$$;

create function private.hold_contacts(p_tenant uuid, p_contacts uuid[]) returns void
language plpgsql set search_path = '' as $$
-- Locks contacts and their details: whoever changes a number by itself has it first and needs the contact no more.
begin
  perform from public.contacts where tenant_id = p_tenant and id = any (p_contacts) order by id for no key update;
  perform from public.contact_phones where tenant_id = p_tenant and contact_id = any (p_contacts) order by id for update;
  perform from public.contact_emails where tenant_id = p_tenant and contact_id = any (p_contacts) order by id for update;
  perform from public.properties where tenant_id = p_tenant and contact_id = any (p_contacts) order by id for update;
end
$$;

create function private.follow_merge() returns trigger
language plpgsql security definer set search_path = '' as $$
-- Before insert. Shares a lock with the merge: what arrives while it runs waits and goes to the winner.
declare
  contact public.contacts;
begin
  loop
    select * into contact from public.contacts where tenant_id = new.tenant_id and id = new.contact_id for share;
    exit when contact.merged_into_id is null;
    new.contact_id := contact.merged_into_id;
  end loop;
  if contact.erased_at is not null then
    raise sqlstate 'PT409' using message = 'This person was erased.', detail = 'contact_erased';
  elsif contact.deleted_at is not null then
    raise sqlstate 'PT409' using message = 'This contact was deleted meanwhile. Restore it first.', detail = 'contact_deleted';
  end if;
  return new;
end
$$;

create function private.follow_contact_end() returns trigger
language plpgsql security definer set search_path = '' as $$
-- A deleted or merged contact owns no number, a restored one does again.
begin
  perform private.link_conversations(new.tenant_id, owned.e164)
  from (
    select distinct e164 from public.contact_phones
    where tenant_id = new.tenant_id and contact_id = new.id and e164 is not null
    order by e164
  ) as owned;
  return null;
end
$$;

-- Triggers

create trigger touch before update on public.merges for each row execute function private.touch_tenant_row();
create trigger show after insert or update on public.merges for each row execute function private.show_in_timeline('merge');
create trigger follow_end after update on public.contacts
for each row when (old.deleted_at is distinct from new.deleted_at) execute function private.follow_contact_end();

do $$
declare
  relation text;
begin
  foreach relation in array private.moving_tables() loop
    continue when relation = 'timeline_entries';
    execute format(
      'create trigger follow_merge before insert on public.%I for each row when (new.contact_id is not null) '
      'execute function private.follow_merge()',
      relation
    );
  end loop;
end
$$;

-- Row-level security

alter table public.merges enable row level security;

create policy "Merges are seen by the office and the bookkeeper" on public.merges
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')));

-- Grants

grant select on public.merges to authenticated;
