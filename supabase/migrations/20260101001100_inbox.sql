-- Why: screens read two views, one round trip a screen, and hear of changes with the very rows of these views. Every member of
-- the inbox area may read every column of both, so the row goes along with the event.

-- Words

create function private.status_words(p_status public.message_status, p_error_code integer, p_reason text) returns text
language sql immutable set search_path = '' as $$
-- Twilio's codes in plain words with what to do (https://www.twilio.com/docs/api/errors); null where nothing is wrong.
  select case
    when p_status not in ('failed', 'undelivered', 'blocked', 'unknown') then null
    when p_status = 'unknown' then 'We could not learn whether this text was sent. Ask before you send it again.'
    when p_reason = 'opted_out' or p_error_code = 21610 then 'They replied STOP, so this text was not sent.'
    when p_reason = 'no_consent' then 'They have not agreed to marketing texts, so this text was not sent.'
    when p_error_code in (21211, 21217, 30005) then 'That number does not exist. Check it for a typing mistake.'
    when p_error_code in (21614, 30006) then 'That number can''t receive texts; it is probably a landline. Call instead.'
    when p_error_code = 30003 then 'Their phone is off or out of reach. Try again later or call.'
    when p_error_code = 30004 then 'Their phone or carrier blocks texts from your number. Call instead.'
    when p_error_code = 30007 then 'Their carrier took this text for spam. Write it differently, without links.'
    when p_error_code in (30034, 30032) then 'Your number is not registered for texting yet. Finish the registration at Twilio.'
    when p_error_code in (21606, 21659, 21660) then 'Twilio does not let this number of yours send texts. Check it in Settings.'
    when p_error_code in (20003, 20005, 20404) then 'Twilio did not accept your account details. Check them in Settings.'
    when p_error_code in (21408, 21612) then 'Your Twilio account may not text that country or carrier.'
    when p_error_code in (30001, 30002) then 'Twilio held this text too long or your account is suspended. Check your Twilio account.'
    else coalesce('Twilio could not deliver this text: ' || p_reason, 'Twilio could not deliver this text. Try again or call.')
  end;
$$;

-- Views

create view public.conversation_list with (security_invoker = true) as
select
  conversation.id, conversation.tenant_id, conversation.version, conversation.phone_number_id,
  our_number.e164 as our_number, our_number.label as our_number_label, conversation.their_number,
  conversation.contact_id, contact.name as contact_name, contact.type as contact_type,
  conversation.status, conversation.assigned_to, conversation.unread_count, conversation.last_message_at,
  conversation.last_message_body, conversation.last_message_direction, conversation.last_message_status,
  conversation.opted_out, conversation.created_at
from public.conversations as conversation
join public.phone_numbers as our_number
  on our_number.tenant_id = conversation.tenant_id and our_number.id = conversation.phone_number_id
left join public.contacts as contact
  on contact.tenant_id = conversation.tenant_id and contact.id = conversation.contact_id;
comment on view public.conversation_list is 'The inbox: page by (last_message_at, id), newest first.';

create view public.thread_entries with (security_invoker = true) as
select
  entry.id, entry.tenant_id, entry.conversation_id, entry.contact_id, entry.at, entry.kind, entry.subject_id,
  coalesce(message.version, entry.version) as version,
  message.direction, message.body, message.status, message.error_code,
  private.status_words(message.status, message.error_code, message.status_reason) as status_reason,
  message.segment_count, message.media, message.created_by, author.display_name as author_name,
  consent.status as consent_status
from public.timeline_entries as entry
left join public.sms_messages as message
  on entry.kind = 'sms' and message.tenant_id = entry.tenant_id and message.id = entry.subject_id
left join public.consents as consent
  on entry.kind = 'consent' and consent.tenant_id = entry.tenant_id and consent.id = entry.subject_id
left join public.memberships as author
  on author.tenant_id = message.tenant_id and author.user_id = message.created_by;
comment on view public.thread_entries is 'What a thread shows: page by (at, id), newest first.';

-- Live events

create function private.announce_conversation() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce(
    new.tenant_id, 'inbox', 'conversation_list', new.id, 'update', new.version,
    (select to_jsonb(shown) from public.conversation_list as shown where shown.id = new.id)
  );
  return null;
end
$$;

create function private.announce_entry(p_tenant uuid, p_kind public.timeline_kind, p_subject uuid, p_operation text) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.announce(
    p_tenant, entry.area::text, 'thread_entries', entry.id, p_operation, shown.version, to_jsonb(shown)
  )
  from public.timeline_entries as entry
  join public.thread_entries as shown on shown.id = entry.id
  where entry.tenant_id = p_tenant and entry.kind = p_kind and entry.subject_id = p_subject;
end
$$;

create function private.announce_timeline_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  entry public.timeline_entries := case when tg_op = 'DELETE' then old else new end;
begin
  perform private.announce(
    entry.tenant_id, entry.area::text, 'thread_entries', entry.id, lower(tg_op), entry.version,
    (select to_jsonb(shown) from public.thread_entries as shown where shown.id = entry.id)
  );
  return null;
end
$$;

create function private.announce_text() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.announce_entry(new.tenant_id, 'sms', new.id, 'update');
  return null;
end
$$;

create function private.announce_contact() returns trigger
language plpgsql security definer set search_path = '' as $$
-- A contact's name shows in the rows of its conversations: a new version of those rows carries it to open browsers.
begin
  update public.conversations set contact_id = contact_id where tenant_id = new.tenant_id and contact_id = new.id;
  return null;
end
$$;

-- Not on insert: a conversation begins with a message, whose own trigger updates it in the same transaction.
create trigger announce after update on public.conversations
for each row execute function private.announce_conversation();
create trigger announce after insert or delete on public.timeline_entries
for each row execute function private.announce_timeline_entry();
create trigger announce_change after update on public.timeline_entries
for each row when ((old.title, old.body, old.details) is distinct from (new.title, new.body, new.details))
execute function private.announce_timeline_entry();
create trigger announce after update on public.sms_messages
for each row when (old.status <> new.status or old.error_code is distinct from new.error_code)
execute function private.announce_text();
create trigger announce after update of name, type on public.contacts
for each row execute function private.announce_contact();

-- What browsers call

create function private.set_unread(p_conversation uuid, p_unread boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require('conversations.write');
  update public.conversations
  set unread_count = case when p_unread then greatest(unread_count, 1) else 0 end
  where tenant_id = private.tenant_id() and id = p_conversation and (unread_count > 0) <> p_unread;
end
$$;

create function public.mark_conversation_read(p_conversation uuid) returns void
language sql set search_path = '' as $$
  select private.set_unread(p_conversation, false);
$$;
comment on function public.mark_conversation_read is 'Takes the unread mark off, for everybody: a conversation is read by the company.';

create function public.mark_conversation_unread(p_conversation uuid) returns void
language sql set search_path = '' as $$
  select private.set_unread(p_conversation, true);
$$;
comment on function public.mark_conversation_unread is 'Puts the unread mark back, for everybody.';

-- Grants

grant select on public.conversation_list, public.thread_entries to authenticated;
grant execute on function
  private.status_words(public.message_status, integer, text), private.set_unread(uuid, boolean),
  public.mark_conversation_read(uuid), public.mark_conversation_unread(uuid)
to authenticated;
