-- Why: a person may ask to be forgotten (GDPR article 17, CCPA 1798.105), while invoices and payments must be kept as they are
-- (article 17(3)(b)) and whoever said STOP must stay opted out (article 17(3)(e), 47 CFR 64.1200(d)). So what says who
-- somebody is goes, the money's history stays under "Erased person", and consents stay under a keyed hash of the address.

-- Tables

create table private.files_to_remove (
  bucket text not null,
  path text not null,
  tenant_id uuid not null,
  asked_at timestamptz not null default now(),
  primary key (bucket, path)
);
comment on table private.files_to_remove is
  'Files whose rows are gone: Storage is asked to remove them after the commit, and again by the worker until it has.';
alter table private.files_to_remove enable row level security;

create table public.erasures (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  contact_id uuid not null,
  certificate jsonb not null,
  certificate_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  unique (tenant_id, contact_id)
);
comment on table public.erasures is 'Who was erased (by an id that says nothing any more), when, by whom, and what went and stayed.';
comment on column public.erasures.certificate_hash is 'SHA-256 of the certificate''s text, in hex.';

-- Indexes

create index erasures_list on public.erasures (tenant_id, created_at desc, id desc);
create index erasures_created_by on public.erasures (created_by) where created_by is not null;

-- Triggers

create trigger touch before update on public.erasures for each row execute function private.touch_tenant_row();
select private.audit_table('public.erasures');

-- Erasing

create function private.hidden_address(p_tenant uuid, p_address text) returns text
language sql stable set search_path = '' as $$
  select case when p_address like 'hmac:%' then p_address else private.address_hash(p_tenant, p_address) end;
$$;

create function private.ids_of(p_found jsonb, p_name text) returns uuid[]
language sql immutable set search_path = '' as $$
  select array(select element.id::uuid from jsonb_array_elements_text(p_found -> p_name) as element (id));
$$;

create function private.delete_details(p_tenant uuid, p_details jsonb) returns void
language plpgsql set search_path = '' as $$
-- Deletes rows of the tables that private.contact_details names ({table: [ids]}), with their lines in the timeline; files of
-- attachments are left to Storage.
declare
  part record;
begin
  insert into private.files_to_remove (bucket, path, tenant_id)
  select 'attachments', attachment.path, p_tenant
  from public.attachments as attachment
  where attachment.tenant_id = p_tenant
    and attachment.id = any (private.ids_of(p_details, 'attachments'))
  on conflict do nothing;
  update public.attachments set note_id = null
  where tenant_id = p_tenant and note_id = any (private.ids_of(p_details, 'notes'));
  -- Attachments hang on notes, so they go first: in the order of the names.
  for part in
    select detail.name, private.ids_of(p_details, detail.name) as ids
    from jsonb_object_keys(p_details) as detail (name)
    order by detail.name
  loop
    delete from public.timeline_entries
    where tenant_id = p_tenant and subject_id = any (part.ids) and kind in ('note', 'task', 'attachment', 'merge');
    execute format('delete from public.%I where tenant_id = $1 and id = any ($2)', part.name) using p_tenant, part.ids;
  end loop;
end
$$;

create function private.empty_contacts(p_tenant uuid, p_contacts uuid[]) returns void
language sql set search_path = '' as $$
-- The first is the one that stays; the others, merged into it, lead to it.
  update public.contacts
  set name = 'Erased person', organization_id = null, job_title = null, source = null, custom_values = '{}', erased_at = now(),
      deleted_at = case when merged_into_id is not null then deleted_at end,
      deleted_by = case when merged_into_id is not null then deleted_by end
  where tenant_id = p_tenant and id = any (p_contacts);
$$;

create function private.empty_import_rows(p_tenant uuid, p_rows uuid[]) returns void
language sql set search_path = '' as $$
  with emptied as (
    update public.import_rows
    set cells = '[]', fields = '{}', changes = '{}', errors = '[]', undo = null, content_hash = null
    where tenant_id = p_tenant and id = any (p_rows)
    returning import_id, number
  )
  delete from private.import_keys as known
  using emptied
  where known.import_id = emptied.import_id and known.number = emptied.number;
$$;

create function private.empty_conversations(p_tenant uuid, p_contact uuid, p_talks uuid[], p_texts uuid[]) returns void
language plpgsql set search_path = '' as $$
-- The numbers become keyed hashes. A second erasure of the same number must not clash with the first.
begin
  update public.sms_messages
  set status = 'canceled'
  where tenant_id = p_tenant and id = any (p_texts) and status in ('scheduled', 'queued');
  update public.sms_messages as message
  set body = '', media = '[]',
      status_reason = case when message.status_reason in ('opted_out', 'no_consent', 'worker_died') then message.status_reason end,
      from_number = case
        when message.direction = 'inbound' then private.hidden_address(p_tenant, message.from_number) else message.from_number
      end,
      to_number = case
        when message.direction = 'outbound' then private.hidden_address(p_tenant, message.to_number) else message.to_number
      end
  where message.tenant_id = p_tenant and message.id = any (p_texts);
  update public.conversations as talk
  set contact_id = p_contact, last_message_body = '', unread_count = 0, status = 'archived', assigned_to = null,
      their_number = private.hidden_address(p_tenant, talk.their_number) || case
        when exists (
          select from public.conversations as earlier
          where earlier.tenant_id = p_tenant and earlier.phone_number_id = talk.phone_number_id and earlier.id <> talk.id
            and earlier.their_number = private.hidden_address(p_tenant, talk.their_number)
        ) then ':' || left(talk.id::text, 8) else ''
      end
  where talk.tenant_id = p_tenant and talk.id = any (p_talks);
end
$$;

create function private.empty_events(p_tenant uuid, p_events uuid[]) returns void
language sql set search_path = '' as $$
-- The key stays, so that the same event again is still known. What failed and nobody may read any more is not tried again.
  update public.webhook_events
  set raw = '', fields = '{}', error = null, next_attempt_at = null, processed_at = coalesce(processed_at, now())
  where tenant_id = p_tenant and id = any (p_events);
$$;

create function private.drop_drafts(p_tenant uuid, p_contacts uuid[]) returns uuid[]
language plpgsql set search_path = '' as $$
-- An invoice that was never issued is nothing that the books need, unless money came for it all the same. Returns the ids of
-- all rows that went.
declare
  drafts constant uuid[] := array(
    select draft.id from public.invoices as draft
    where draft.tenant_id = p_tenant and draft.contact_id = any (p_contacts) and draft.status = 'draft' and not exists (
      select from public.payments as payment where payment.tenant_id = p_tenant and payment.invoice_id = draft.id
    )
  );
  items constant uuid[] := array(
    select id from public.invoice_items where tenant_id = p_tenant and invoice_id = any (drafts)
  );
begin
  delete from public.invoice_items where tenant_id = p_tenant and id = any (items);
  delete from public.invoices where tenant_id = p_tenant and id = any (drafts);
  return drafts || items;
end
$$;

create function private.hide_addresses(p_tenant uuid, p_addresses text[]) returns void
language sql set search_path = '' as $$
-- The consent ledger goes on under the hash: who opted out stays opted out.
  update public.consents
  set address = private.address_hash(p_tenant, address), note = null
  where tenant_id = p_tenant and address = any (p_addresses);
$$;

create function private.counted(p_details jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(key, jsonb_array_length(value)), '{}')
  from jsonb_each(p_details)
  where jsonb_array_length(value) > 0;
$$;

create function private.texts_of(p_found jsonb, p_name text) returns text[]
language sql immutable set search_path = '' as $$
  select array(select jsonb_array_elements_text(p_found -> p_name));
$$;

create function private.all_ids(p_found jsonb) returns uuid[]
language sql immutable set search_path = '' as $$
  select array(
    select element.id::uuid from jsonb_each(p_found) as part, jsonb_array_elements_text(part.value) as element (id)
  );
$$;

create function private.erasure_answer(p_really boolean, p_erasure public.erasures) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'really', p_really, 'erased', true, 'certificate', p_erasure.certificate,
    'certificate_hash', p_erasure.certificate_hash,
    'files', (
      select coalesce(jsonb_agg(jsonb_build_object('bucket', file.bucket, 'path', file.path)), '[]')
      from private.files_to_remove as file
      where file.tenant_id = p_erasure.tenant_id
    )
  );
$$;

create function private.erasure_plan(p_tenant uuid, p_person uuid[]) returns jsonb
language plpgsql stable set search_path = '' as $$
-- What there is of a person (their contacts): {numbers, emails, details, traces, kept}. Details and traces are ids by table.
declare
  numbers constant text[] := private.person_numbers(p_tenant, p_person);
  emails constant text[] := private.person_emails(p_tenant, p_person);
begin
  return jsonb_build_object(
    'numbers', numbers,
    'emails', emails,
    'details', (
      select jsonb_object_agg(detail.name, to_jsonb(coalesce(detail.ids, '{}')))
      from private.contact_details(p_tenant, p_person) as detail
    ),
    'traces', (
      select jsonb_object_agg(trace.name, to_jsonb(coalesce(trace.ids, '{}')))
      from private.contact_traces(p_tenant, p_person, numbers) as trace
    ),
    'kept', jsonb_build_object(
      'invoices', (
        select count(*) from public.invoices
        where tenant_id = p_tenant and contact_id = any (p_person) and status <> 'draft'
      ),
      'payments', (
        select count(*)
        from public.invoices as invoice
        join public.payments as payment on payment.tenant_id = p_tenant and payment.invoice_id = invoice.id
        where invoice.tenant_id = p_tenant and invoice.contact_id = any (p_person)
      ),
      'consents', (select count(*) from public.consents where tenant_id = p_tenant and address = any (numbers || emails))
    )
  );
end
$$;

create function private.carry_out(p_tenant uuid, p_person uuid[], p_plan jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  details constant jsonb := p_plan -> 'details';
  traces constant jsonb := p_plan -> 'traces';
  drafts constant uuid[] := private.drop_drafts(p_tenant, p_person);
begin
  perform private.hide_addresses(p_tenant, private.texts_of(p_plan, 'numbers') || private.texts_of(p_plan, 'emails'));
  perform private.empty_conversations(
    p_tenant, p_person[1], private.ids_of(traces, 'conversations'), private.ids_of(traces, 'sms_messages')
  );
  perform private.delete_details(p_tenant, details);
  perform private.empty_import_rows(p_tenant, private.ids_of(traces, 'import_rows'));
  perform private.empty_events(p_tenant, private.ids_of(traces, 'webhook_events'));
  perform private.empty_contacts(p_tenant, p_person);
  update public.document_links as link
  set revoked_at = now()
  from public.invoices as invoice
  where invoice.tenant_id = p_tenant and invoice.contact_id = any (p_person)
    and link.tenant_id = p_tenant and link.invoice_id = invoice.id and link.revoked_at is null;
  -- Last, as what was done here is in the log too by now.
  perform private.scrub_audit(p_tenant, p_person || drafts || private.all_ids(details || traces));
end
$$;

create function private.hold_person(p_tenant uuid, p_contact uuid) returns uuid[]
language plpgsql set search_path = '' as $$
-- The person's contacts with their details and conversations, locked in the order of merges. A merge that ran until then may
-- have joined further contacts to them.
declare
  held uuid[];
  person uuid[] := private.person_contacts(p_tenant, p_contact);
begin
  loop
    perform private.hold_contacts(p_tenant, person);
    held := person;
    person := private.person_contacts(p_tenant, p_contact);
    exit when person = held;
  end loop;
  perform from public.conversations
  where tenant_id = p_tenant and (contact_id = any (person) or their_number = any (private.person_numbers(p_tenant, person)))
  order by id
  for update;
  return person;
end
$$;

create function private.erase_contact(p_tenant uuid, p_actor uuid, p_contact uuid, p_really boolean) returns jsonb
language plpgsql set search_path = '' as $$
-- Returns {really, erased, certificate, certificate_hash, files: [{bucket, path}]}; without p_really nothing changes and the
-- certificate says what would go. The same person again returns the certificate of the first time.
declare
  person constant uuid[] := private.hold_person(p_tenant, p_contact);
  known public.erasures;
  plan jsonb;
  certificate jsonb;
begin
  if cardinality(person) = 0 then
    raise sqlstate 'PT404' using message = 'That contact does not exist.', detail = 'no_such_contact';
  end if;
  -- Somebody else may have been faster.
  select * into known from public.erasures where tenant_id = p_tenant and contact_id = person[1];
  if found then
    return private.erasure_answer(p_really, known);
  end if;
  plan := private.erasure_plan(p_tenant, person);
  certificate := jsonb_build_object(
    'company', p_tenant, 'contact', person[1], 'by', p_actor, 'at', clock_timestamp(),
    'deleted', private.counted(plan -> 'details'),
    'emptied', private.counted(plan -> 'traces') || jsonb_build_object('contacts', cardinality(person)),
    'kept', plan -> 'kept',
    'files', jsonb_array_length(plan #> '{details,attachments}')
  );
  if p_really is not true then
    return jsonb_build_object('really', false, 'erased', false, 'certificate', certificate);
  end if;
  perform private.carry_out(p_tenant, person, plan);
  insert into public.erasures (tenant_id, contact_id, certificate, certificate_hash, created_by)
  values (
    p_tenant, person[1], certificate, encode(extensions.digest(certificate::text, 'sha256'), 'hex'), p_actor
  )
  returning * into known;
  return private.erasure_answer(p_really, known);
end
$$;

-- What the service calls

create function backend.erase_contact(p_tenant uuid, p_user uuid, p_contact uuid, p_really boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_member(p_tenant, p_user, 'contacts.erase');
  return private.erase_contact(p_tenant, p_user, p_contact, p_really);
end
$$;
comment on function backend.erase_contact(uuid, uuid, uuid, boolean) is
  'For an owner. Operators call private.erase_contact with the database''s password (scripts/erase-person).';

create function backend.file_removed(p_tenant uuid, p_bucket text, p_path text) returns void
language sql security definer set search_path = '' as $$
-- Storage removed the file, or never had it.
  delete from private.files_to_remove where tenant_id = p_tenant and bucket = p_bucket and path = p_path;
$$;

-- Row-level security

alter table public.erasures enable row level security;

create policy "Certificates of erasure are seen by owners" on public.erasures
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.erase')));

-- Grants

grant select on public.erasures to authenticated;
grant execute on function backend.erase_contact(uuid, uuid, uuid, boolean) to fieldlite_portal;
grant execute on function backend.file_removed(uuid, text, text) to fieldlite_portal, fieldlite_worker;
