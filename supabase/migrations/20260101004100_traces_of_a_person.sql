-- Why: to forget a person, one must first know all that is of them. These functions find it, by table, for the erasure of a
-- person and for the purge of deleted contacts; they change nothing.

create function private.person_contacts(p_tenant uuid, p_contact uuid) returns uuid[]
language sql stable set search_path = '' as $$
-- The contact with everything that was merged into the same one, the surviving one first; empty for an unknown contact.
  with recursive upward as (
    select contact.id, contact.merged_into_id from public.contacts as contact
    where contact.tenant_id = p_tenant and contact.id = p_contact
    union
    select contact.id, contact.merged_into_id
    from upward
    join public.contacts as contact on contact.tenant_id = p_tenant and contact.id = upward.merged_into_id
  ),
  downward as (
    select upward.id, 0 as depth from upward where upward.merged_into_id is null
    union
    select contact.id, downward.depth + 1
    from downward
    join public.contacts as contact on contact.tenant_id = p_tenant and contact.merged_into_id = downward.id
  )
  select coalesce(array_agg(downward.id order by downward.depth, downward.id), '{}') from downward;
$$;

create function private.person_numbers(p_tenant uuid, p_contacts uuid[]) returns text[]
language sql stable set search_path = '' as $$
-- Numbers that are this person's alone. One that is also another living contact's (couples, landlords) stays in the texts: they
-- are the other's correspondence too.
  select coalesce(array_agg(distinct mine.e164::text), '{}')
  from public.contact_phones as mine
  where mine.tenant_id = p_tenant and mine.contact_id = any (p_contacts) and mine.e164 is not null
    and not exists (
      select
      from public.contact_phones as shared
      join public.contacts as other on other.tenant_id = shared.tenant_id and other.id = shared.contact_id
      where shared.tenant_id = p_tenant and shared.e164 = mine.e164 and shared.contact_id <> all (p_contacts)
        and other.deleted_at is null
    );
$$;

create function private.person_emails(p_tenant uuid, p_contacts uuid[]) returns text[]
language sql stable set search_path = '' as $$
-- As person_numbers, in lower case as the consent ledger has them.
  select coalesce(array_agg(distinct lower(mine.email)), '{}')
  from public.contact_emails as mine
  where mine.tenant_id = p_tenant and mine.contact_id = any (p_contacts)
    and not exists (
      select
      from public.contact_emails as shared
      join public.contacts as other on other.tenant_id = shared.tenant_id and other.id = shared.contact_id
      where shared.tenant_id = p_tenant and lower(shared.email) = lower(mine.email) and shared.contact_id <> all (p_contacts)
        and other.deleted_at is null
    );
$$;

create function private.contact_details(p_tenant uuid, p_contacts uuid[]) returns table (name text, ids uuid[])
language sql stable set search_path = '' as $$
-- Ids of what hangs on contacts and goes with them, by table.
  select 'contact_phones', array_agg(id) from public.contact_phones where tenant_id = p_tenant and contact_id = any (p_contacts)
  union all
  select 'contact_emails', array_agg(id) from public.contact_emails where tenant_id = p_tenant and contact_id = any (p_contacts)
  union all
  select 'contact_tags', array_agg(id) from public.contact_tags where tenant_id = p_tenant and contact_id = any (p_contacts)
  union all
  select 'attachments', array_agg(id) from public.attachments where tenant_id = p_tenant and contact_id = any (p_contacts)
  union all
  select 'notes', array_agg(id) from public.notes where tenant_id = p_tenant and contact_id = any (p_contacts)
  union all
  select 'tasks', array_agg(id) from public.tasks where tenant_id = p_tenant and contact_id = any (p_contacts)
  union all
  select 'merges', array_agg(id) from public.merges
  where tenant_id = p_tenant and (winner_id = any (p_contacts) or loser_id = any (p_contacts))
  union all
  select 'properties', array_agg(id) from public.properties
  where tenant_id = p_tenant and contact_id = any (p_contacts) and organization_id is null;
$$;

create function private.contact_traces(p_tenant uuid, p_contacts uuid[], p_numbers text[])
returns table (name text, ids uuid[])
language sql stable set search_path = '' as $$
-- Ids of what speaks of contacts and is emptied, by table: imports, conversations with their texts, and what providers sent.
  with talks as (
    select id from public.conversations
    where tenant_id = p_tenant and (contact_id = any (p_contacts) or their_number = any (p_numbers))
  ),
  texts as (
    select message.id, message.provider_sid
    from talks
    join public.sms_messages as message on message.tenant_id = p_tenant and message.conversation_id = talks.id
  ),
  texts_keys as (
    select 'sms:' || texts.provider_sid as key from texts where texts.provider_sid is not null
    union all
    -- The words that webhooks/twilio/parse.py takes for a status.
    select 'status:' || texts.provider_sid || ':' || word
    from texts
    cross join unnest(
      array[
        'accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'canceled', 'read',
        'receiving', 'received'
      ]
    ) as word
    where texts.provider_sid is not null
  ),
  paid as (
    select payment.id, payment.payment_intent_id, payment.charge_id
    from public.invoices as invoice
    join public.payments as payment on payment.tenant_id = p_tenant and payment.invoice_id = invoice.id
    where invoice.tenant_id = p_tenant and invoice.contact_id = any (p_contacts)
  ),
  events as (
    select event.id
    from texts_keys
    join public.webhook_events as event
      on event.tenant_id = p_tenant and event.provider = 'twilio' and event.event_key = texts_keys.key
    union
    select event.id from public.webhook_events as event
    where event.tenant_id = p_tenant and event.processed_at is null
      and (event.fields ->> 'from' = any (p_numbers) or event.fields ->> 'to' = any (p_numbers))
    union
    select event.id
    from paid
    join public.webhook_events as event
      on event.tenant_id = p_tenant and event.provider = 'stripe' and (
        event.fields ->> 'payment' = paid.id::text or event.fields ->> 'payment_intent' = paid.payment_intent_id
        or event.fields ->> 'charge' = paid.charge_id
      )
  )
  select 'import_rows', array_agg(id) from public.import_rows
  where tenant_id = p_tenant and (contact_id = any (p_contacts) or matched_contact_id = any (p_contacts))
  union all
  select 'conversations', array_agg(id) from talks
  union all
  select 'sms_messages', array_agg(id) from texts
  union all
  select 'webhook_events', array_agg(event.id) from events as event;
$$;
