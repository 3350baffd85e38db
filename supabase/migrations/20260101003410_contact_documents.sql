-- Why: people look for a contact by whatever they have: a piece of the name, four digits, a street, an e-mail address. All of it
-- stands in one text per contact, kept by triggers, so that one index answers.

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;

-- Tables

create table private.contact_documents (
  contact_id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  document text not null,
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id) on delete cascade
);
comment on table private.contact_documents is 'What a contact is found by; none for deleted and erased contacts.';
comment on column private.contact_documents.document is
  'Name, organization, e-mail addresses, digits of numbers and address lines, a line each, in the letters that searches are put in.';
alter table private.contact_documents enable row level security;

-- Indexes

create index contact_documents_fragments on private.contact_documents
using gin (tenant_id, document extensions.gin_trgm_ops);
create index contact_documents_name on private.contact_documents (tenant_id, name text_pattern_ops);

-- Functions

create function private.searchable(p_text text) returns text
language sql stable set search_path = '' as $$
-- Small letters without accents and apostrophes; what else is no letter, digit, @ or full stop separates words. So nothing
-- that means something in a pattern of LIKE is left.
  select btrim(
    regexp_replace(
      translate(lower(extensions.unaccent('extensions.unaccent', coalesce(p_text, ''))), '''`', ''), '[^[:alnum:]@.]+', ' ', 'g'
    )
  );
$$;

create function private.digits(p_text text) returns text
language sql immutable set search_path = '' as $$
  select regexp_replace(p_text, '\D', '', 'g');
$$;

create function private.contact_document(p_contact public.contacts) returns text
language plpgsql stable set search_path = '' as $$
-- Numbers stand in their international form, of which the national one is a part, and as they were typed where that differs.
-- (plpgsql: a session plans it once.)
begin
  return concat_ws(
    E'\n',
    private.searchable(p_contact.name),
    (
      select private.searchable(organization.name) from public.organizations as organization
      where organization.tenant_id = p_contact.tenant_id and organization.id = p_contact.organization_id
        and organization.deleted_at is null
    ),
    (
      select string_agg(private.searchable(address.email), E'\n' order by address.id) from public.contact_emails as address
      where address.tenant_id = p_contact.tenant_id and address.contact_id = p_contact.id
    ),
    (
      select string_agg(
        concat_ws(
          E'\n', private.digits(phone.e164),
          case
            when strpos(coalesce(private.digits(phone.e164), ''), private.digits(phone.raw)) = 0 then private.digits(phone.raw)
          end
        ),
        E'\n' order by phone.id
      )
      from public.contact_phones as phone
      where phone.tenant_id = p_contact.tenant_id and phone.contact_id = p_contact.id
    ),
    (
      select string_agg(
        private.searchable(concat_ws(' ', place.line1, place.line2, place.city, place.region, place.postal_code)),
        E'\n' order by place.id
      )
      from public.properties as place
      where place.tenant_id = p_contact.tenant_id and place.contact_id = p_contact.id and place.deleted_at is null
    )
  );
end
$$;

create function private.refresh_documents(p_tenant uuid, p_contacts uuid[]) returns void
language plpgsql set search_path = '' as $$
-- Locked before they are written anew: of two changes at once the later one must see the earlier one's rows.
begin
  perform from private.contact_documents where contact_id = any (p_contacts) order by contact_id for update;
  delete from private.contact_documents as known
  using public.contacts as contact
  where known.contact_id = any (p_contacts) and known.tenant_id = p_tenant
    and contact.id = known.contact_id and (contact.deleted_at is not null or contact.erased_at is not null);
  insert into private.contact_documents as known (contact_id, tenant_id, name, document)
  select contact.id, contact.tenant_id, private.searchable(contact.name), private.contact_document(contact)
  from public.contacts as contact
  where contact.id = any (p_contacts) and contact.tenant_id = p_tenant and contact.deleted_at is null and contact.erased_at is null
  on conflict (contact_id) do update
  set name = excluded.name, document = excluded.document
  where known.document <> excluded.document;
end
$$;

create function private.follow_contact_details() returns trigger
language plpgsql security definer set search_path = '' as $$
-- After a statement: the first argument names the column that holds the contact, the second says whether what changed is
-- searched for.
declare
  changed constant text := case tg_op
    when 'INSERT' then 'table new_rows' when 'DELETE' then 'table old_rows' else 'table old_rows union all table new_rows'
  end;
  company uuid;
  contacts uuid[];
begin
  for company, contacts in
    execute format(
      'select tenant_id, array_agg(distinct %1$I) from (%2$s) as changed where %1$I is not null group by tenant_id',
      tg_argv[0], changed
    )
  loop
    if tg_argv[1] = 'searched' then
      perform private.refresh_documents(company, contacts);
    end if;
    perform private.announce_contacts(company, contacts);
  end loop;
  return null;
end
$$;

create function private.follow_organization() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  contacts uuid[];
begin
  select array_agg(id) into contacts from public.contacts where tenant_id = new.tenant_id and organization_id = new.id;
  perform private.refresh_documents(new.tenant_id, contacts);
  perform private.announce_contacts(new.tenant_id, coalesce(contacts, '{}'));
  return null;
end
$$;

-- Triggers: transition tables allow one event each

do $$
declare
  source record;
  event text;
begin
  for source in
    select * from (
      values
        ('contacts', 'id', 'searched'), ('contact_phones', 'contact_id', 'searched'), ('contact_emails', 'contact_id', 'searched'),
        ('properties', 'contact_id', 'searched'), ('contact_tags', 'contact_id', 'shown')
    ) as source (relation, key, use)
  loop
    foreach event in array array['insert', 'update', 'delete'] loop
      execute format(
        'create trigger follow_%s after %s on public.%I referencing %s for each statement '
        'execute function private.follow_contact_details(%L, %L)',
        event, event, source.relation,
        case event
          when 'insert' then 'new table as new_rows' when 'delete' then 'old table as old_rows'
          else 'old table as old_rows new table as new_rows'
        end,
        source.key, source.use
      );
    end loop;
  end loop;
end
$$;

create trigger follow_organization after update on public.organizations
for each row when (old.name <> new.name or old.deleted_at is distinct from new.deleted_at)
execute function private.follow_organization();
