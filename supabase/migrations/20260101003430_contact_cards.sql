-- Why: a contact's page, its form and an export show everything of a contact that is not in its timeline; one row answers them.

-- Functions

create function private.consents_of(p_address text, p_channel public.consent_channel) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
-- What the ledger says of an address, for a person who may read it: {transactional, marketing}, null where nothing was said.
-- (plpgsql, as whatever stands in a view: a session plans it once.)
declare
  company constant uuid := private.tenant_id();
begin
  if not private.may('conversations.read') then
    return null;
  end if;
  return jsonb_build_object(
    'transactional', private.consent_status(company, p_address, p_channel, 'transactional'),
    'marketing', private.consent_status(company, p_address, p_channel, 'marketing')
  );
end
$$;

-- Views

create view public.contact_cards with (security_invoker = true) as
select
  listed.*, contact.custom_values, phones.phones, emails.emails, places.properties, labels.tags, tasks.open_task_count,
  contact.created_by, author.display_name as created_by_name
from public.contact_list as listed
join public.contacts as contact on contact.tenant_id = listed.tenant_id and contact.id = listed.id
left join public.memberships as author on author.tenant_id = contact.tenant_id and author.user_id = contact.created_by
cross join lateral (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', kept.id, 'e164', kept.e164, 'raw', kept.raw, 'extension', kept.extension, 'label', kept.label, 'type', kept.type,
        'line_type', kept.line_type, 'is_primary', kept.is_primary, 'valid', kept.valid,
        'consent', case when kept.valid then private.consents_of(kept.e164, 'sms') end
      )
      order by kept.is_primary desc, kept.created_at, kept.id
    ),
    '[]'
  ) as phones
  from public.contact_phones as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id
) as phones
cross join lateral (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', kept.id, 'email', kept.email, 'label', kept.label, 'is_primary', kept.is_primary,
        'consent', private.consents_of(lower(kept.email), 'email')
      )
      order by kept.is_primary desc, kept.created_at, kept.id
    ),
    '[]'
  ) as emails
  from public.contact_emails as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id
) as emails
cross join lateral (
  select coalesce(
    jsonb_agg(
      to_jsonb(kept) - array['tenant_id', 'created_at', 'updated_at', 'created_by', 'deleted_at', 'deleted_by']
      order by kept.created_at, kept.id
    ),
    '[]'
  ) as properties
  from public.properties as kept
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id and kept.deleted_at is null
) as places
cross join lateral (
  select coalesce(
    jsonb_agg(jsonb_build_object('id', tag.id, 'name', tag.name, 'color', tag.color) order by lower(tag.name)), '[]'
  ) as tags
  from public.contact_tags as kept
  join public.tags as tag on tag.tenant_id = kept.tenant_id and tag.id = kept.tag_id
  where kept.tenant_id = contact.tenant_id and kept.contact_id = contact.id
) as labels
cross join lateral (
  select count(*)::integer as open_task_count
  from public.tasks as task
  where task.tenant_id = contact.tenant_id and task.contact_id = contact.id and task.completed_at is null
    and task.deleted_at is null
) as tasks;
comment on view public.contact_cards is 'Everything of a contact but its timeline. For one contact, or a page of them by id.';

-- What browsers call. The view joins a dozen tables: with the policies of each, planning it would take longer than reading one
-- contact, so its page asks once who calls.

create function private.get_contact(p_contact uuid) returns setof public.contact_cards
language plpgsql stable security definer set search_path = '' as $$
declare
  company constant uuid := private.tenant_id();
begin
  perform private.require('contacts.read');
  return query select * from public.contact_cards as card where card.id = p_contact and card.tenant_id = company;
end
$$;

create function public.get_contact(p_contact uuid) returns setof public.contact_cards
language sql stable set search_path = '' as $$
  select * from private.get_contact(p_contact);
$$;
comment on function public.get_contact is 'Everything of one contact but its timeline; no row for one that is unknown or deleted.';

-- Grants

grant select on public.contact_cards to authenticated;
grant execute on function
  private.consents_of(text, public.consent_channel), private.get_contact(uuid), public.get_contact(uuid)
to authenticated;
