-- Why: of two records nothing may be lost in a merge: not a field, not a row, and no opt-out. These are the parts of a merge and of
-- its undoing, each of which returns what the undoing needs.

-- Fields

create function private.merged_custom_values(p_winner jsonb, p_loser jsonb, p_fields jsonb) returns jsonb
language sql immutable set search_path = '' as $$
-- The winner's, completed by the loser's; the loser's where somebody chose so (custom:<id of the field>).
  select p_loser || p_winner || coalesce(
    (
      select jsonb_object_agg(theirs.key, theirs.value)
      from jsonb_each(p_loser) as theirs
      where p_fields ->> ('custom:' || theirs.key) = 'loser'
    ),
    '{}'
  );
$$;

create function private.merged_fields(p_winner public.contacts, p_loser public.contacts, p_fields jsonb) returns jsonb
language sql immutable set search_path = '' as $$
-- The fields of the merged contact: as chosen; where nobody chose, the winner's, or the loser's where the winner has none.
  select jsonb_object_agg(
    field.name,
    case p_fields ->> field.name
      when 'winner' then to_jsonb(p_winner) -> field.name
      when 'loser' then to_jsonb(p_loser) -> field.name
      else coalesce(nullif(to_jsonb(p_winner) -> field.name, 'null'), to_jsonb(p_loser) -> field.name)
    end
  ) || jsonb_build_object(
    'custom_values', private.merged_custom_values(p_winner.custom_values, p_loser.custom_values, p_fields)
  )
  from unnest(array['name', 'type', 'organization_id', 'job_title', 'source']) as field (name);
$$;

create function private.write_fields(p_contact public.contacts, p_fields jsonb) returns jsonb
language plpgsql set search_path = '' as $$
-- Returns {before, after} of the fields that changed.
declare
  wanted public.contacts := jsonb_populate_record(p_contact, p_fields);
  changed jsonb;
begin
  select jsonb_build_object(
    'before', coalesce(jsonb_object_agg(field.key, to_jsonb(p_contact) -> field.key), '{}'),
    'after', coalesce(jsonb_object_agg(field.key, field.value), '{}')
  ) into changed
  from jsonb_each(p_fields) as field
  where to_jsonb(p_contact) -> field.key <> field.value;
  if changed -> 'after' <> '{}' then
    perform set_config('fieldlite.keeps_values', 'on', true);
    update public.contacts
    set name = wanted.name, type = wanted.type, organization_id = wanted.organization_id, job_title = wanted.job_title,
        source = wanted.source, custom_values = wanted.custom_values
    where tenant_id = p_contact.tenant_id and id = p_contact.id;
    perform set_config('fieldlite.keeps_values', '', true);
  end if;
  return changed;
end
$$;

-- Rows

create function private.move_rows(p_table text, p_tenant uuid, p_from uuid, p_to uuid, p_ids jsonb default null) returns jsonb
language plpgsql set search_path = '' as $$
-- Moves a contact's rows of a table, all of them or those of a list, to another one; what that one has already stays. A primary
-- number or address is none any more beside the other's. Returns the ids.
declare
  same constant text := case p_table
    when 'contact_phones' then 'other.e164 = mine.e164'
    when 'contact_emails' then 'lower(other.email) = lower(mine.email)'
    when 'contact_tags' then 'other.tag_id = mine.tag_id'
  end;
  moved jsonb;
begin
  execute format(
    $sql$
      with moved as (
        update public.%1$I as mine
        set contact_id = $3 %3$s
        where mine.tenant_id = $1 and mine.contact_id = $2 and ($4 is null or $4 ? mine.id::text) %2$s
        returning mine.id
      )
      select coalesce(jsonb_agg(moved.id order by moved.id), '[]') from moved
    $sql$,
    p_table,
    case
      when same is not null then format(
        'and not exists (select from public.%I as other where other.tenant_id = $1 and other.contact_id = $3 and %s)', p_table, same
      )
      -- Those of a conversation follow its number.
      when p_table = 'timeline_entries' then 'and mine.conversation_id is null'
    end,
    case when p_table in ('contact_phones', 'contact_emails') then format(
      ', is_primary = mine.is_primary and not exists (select from public.%I as other '
      'where other.tenant_id = $1 and other.contact_id = $3 and other.is_primary)',
      p_table
    ) end
  ) into moved using p_tenant, p_from, p_to, p_ids;
  return moved;
end
$$;

create function private.primary_ids(p_tenant uuid, p_contact uuid) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(id), '[]')
  from (
    select id from public.contact_phones where tenant_id = p_tenant and contact_id = p_contact and is_primary
    union all
    select id from public.contact_emails where tenant_id = p_tenant and contact_id = p_contact and is_primary
  ) as kept;
$$;

-- Consents

create function private.addresses_of(p_tenant uuid, p_contact uuid)
returns table (address text, channel public.consent_channel)
language sql stable set search_path = '' as $$
  select distinct phone.e164::text, by_phone.channel::public.consent_channel
  from public.contact_phones as phone
  cross join unnest(array['sms', 'voice', 'whatsapp']) as by_phone (channel)
  where phone.tenant_id = p_tenant and phone.contact_id = p_contact and phone.e164 is not null
  union
  select lower(email.email), 'email'
  from public.contact_emails as email
  where email.tenant_id = p_tenant and email.contact_id = p_contact;
$$;

create function private.unite_consents(p_tenant uuid, p_contact uuid) returns jsonb
language plpgsql set search_path = '' as $$
-- The strictest holds: what was revoked at one address of the merged contact is revoked at all of its kind. Returns the lines
-- that were written, with what held before.
declare
  written jsonb;
begin
  perform private.lock_addresses(p_tenant, array(select address from private.addresses_of(p_tenant, p_contact)));
  with state as (
    select
      reached.address, reached.channel, purpose, gen_random_uuid() as id,
      private.consent_status(p_tenant, reached.address, reached.channel, purpose) as status
    from private.addresses_of(p_tenant, p_contact) as reached
    cross join unnest(enum_range(null::public.consent_purpose)) as purpose
  ),
  stricter as (
    select state.* from state
    where state.status is distinct from 'revoked' and exists (
      select from state as other
      where other.channel = state.channel and other.purpose = state.purpose and other.status = 'revoked'
    )
  ),
  line as (
    insert into public.consents (id, tenant_id, address, channel, purpose, status, source, created_by)
    select id, p_tenant, address, channel, purpose, 'revoked', 'merge', auth.uid() from stricter order by address, channel, purpose
  )
  select coalesce(jsonb_agg(to_jsonb(stricter)), '[]') into written from stricter;
  return written;
end
$$;

create function private.part_consents(p_tenant uuid, p_written jsonb) returns void
language plpgsql set search_path = '' as $$
-- Takes back what a merge revoked, where nothing was said since. Texts about their own job need no earlier word; marketing and
-- recordings come back only where they had been granted.
begin
  perform private.lock_addresses(p_tenant, array(select item ->> 'address' from jsonb_array_elements(p_written) as item));
  insert into public.consents (tenant_id, address, channel, purpose, status, source, note, created_by)
  select
    p_tenant, newest.address, newest.channel, newest.purpose, 'granted', 'undo', 'The merge that revoked it was undone.',
    auth.uid()
  from jsonb_array_elements(p_written) as item
  join public.consents as newest on newest.tenant_id = p_tenant and newest.id = (item ->> 'id')::uuid
  where (item ->> 'status' = 'granted' or item ->> 'status' is null and newest.purpose = 'transactional')
    and not exists (
      select from public.consents as later
      where later.tenant_id = p_tenant and later.address = newest.address and later.channel = newest.channel
        and later.purpose = newest.purpose and later.line > newest.line
    )
  order by newest.line;
end
$$;
