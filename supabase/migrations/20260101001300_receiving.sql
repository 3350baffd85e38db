-- Why: what a provider told us once may never be told again. One call stores the event as received and does its work inside a
-- sub-transaction: if the work fails, the event stays with its error, is tried again, and in the end a person sees it.

-- Types

create type public.event_provider as enum ('twilio', 'stripe');
create type public.event_kind as enum (
  'sms', 'status', 'unusable',
  'payment', 'decline', 'refund', 'dispute', 'account', 'account_removed', 'subscription'
);

-- Tables

create table public.webhook_events (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  provider public.event_provider not null,
  kind public.event_kind not null,
  event_key text not null,
  fields jsonb not null,
  raw bytea not null,
  content_type text,
  idempotency_token text,
  processed_at timestamptz,
  error text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  unique (tenant_id, provider, event_key)
);
comment on column public.webhook_events.raw is 'The body (or query) exactly as received.';
comment on column public.webhook_events.fields is 'What the work needs, taken from raw once, without NUL and lone surrogates.';
comment on column public.webhook_events.next_attempt_at is 'When the worker tries again; null when done or given up.';

-- Indexes

create index webhook_events_retry on public.webhook_events (next_attempt_at) where next_attempt_at is not null;
create index webhook_events_failed on public.webhook_events (tenant_id, created_at desc, id desc)
where processed_at is null;

-- Triggers

create trigger touch before update on public.webhook_events for each row execute function private.touch_tenant_row();
create trigger announce after update on public.webhook_events
for each row when (new.processed_at is null or old.error is not null)
execute function private.announce_to_settings('failed_events');

-- Functions

create function private.keyword(p_body text, p_opt_out_type text) returns text
language sql immutable set search_path = '' as $$
-- stop, start or help when the whole message is the keyword, whatever its case and the punctuation round it; else null. "Stop
-- by at 5" is a customer talking (47 CFR 64.1200(a)(10) and Twilio's default keywords). Twilio's own verdict goes first.
  with word as (
    select coalesce(
      nullif(upper(btrim(p_opt_out_type)), ''),
      upper(regexp_replace(btrim(p_body, E' \t\r\n'), '^[[:punct:][:space:]]+|[[:punct:][:space:]]+$', '', 'g'))
    ) as text
  )
  select case
    when text in ('STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'OPT OUT', 'OPT-OUT') then 'stop'
    when text in ('START', 'UNSTOP') then 'start'
    when text in ('HELP', 'INFO') then 'help'
  end
  from word;
$$;

create function private.keyword_answer(p_tenant uuid, p_keyword text) returns text
language sql stable set search_path = '' as $$
-- The one confirmation that the law allows; the provider sends its own where phone_numbers.provider_answers_keywords says so.
  select case p_keyword
    when 'stop' then name || ': you will get no more texts from us. Reply START to hear from us again.'
    when 'start' then name || ': you will get our texts again. Reply STOP to end them.'
    when 'help' then name || ': reply to this number and we will answer. Reply STOP to get no more texts.'
  end
  from public.tenants
  where id = p_tenant;
$$;

create function private.find_or_create_conversation(p_tenant uuid, p_our_number uuid, p_their_number text) returns uuid
language plpgsql set search_path = '' as $$
declare
  conversation uuid;
  contact uuid;
begin
  select id into conversation from public.conversations
  where tenant_id = p_tenant and phone_number_id = p_our_number and their_number = p_their_number
  -- The text moves it anyway; and a conversation that is being erased is not this number's any more when the lock is had.
  for no key update;
  if found then
    return conversation;
  end if;
  contact := private.find_or_create_lead(p_tenant, p_their_number);
  insert into public.conversations (tenant_id, phone_number_id, their_number, contact_id, opted_out)
  values (
    p_tenant, p_our_number, p_their_number, contact,
    private.message_refusal(p_tenant, p_their_number, 'sms', 'transactional') is not null
  )
  on conflict (tenant_id, phone_number_id, their_number) do update set contact_id = excluded.contact_id
  returning id into conversation;
  return conversation;
end
$$;

create function private.find_or_create_number(p_tenant uuid, p_number text) returns public.phone_numbers
language plpgsql set search_path = '' as $$
-- A text that the company's own account signed came to a number of that account, whether or not it was entered in settings.
declare
  our_number public.phone_numbers;
begin
  select * into our_number from public.phone_numbers where tenant_id = p_tenant and e164 = p_number;
  if not found then
    insert into public.phone_numbers (tenant_id, e164) values (p_tenant, p_number)
    on conflict (tenant_id, e164) do update set e164 = excluded.e164
    returning * into our_number;
  end if;
  return our_number;
end
$$;

create function private.apply_text(p_tenant uuid, p_fields jsonb) returns text
language plpgsql set search_path = '' as $$
-- An inbound text: conversation, perhaps a new lead, message, and the law's keywords. Returns what to answer, or null.
declare
  our_number public.phone_numbers := private.find_or_create_number(p_tenant, p_fields ->> 'to');
  sender constant text := p_fields ->> 'from';
  body constant text := coalesce(p_fields ->> 'body', '');
  conversation uuid := private.find_or_create_conversation(p_tenant, our_number.id, sender);
  keyword text;
begin
  insert into public.sms_messages (
    tenant_id, conversation_id, phone_number_id, direction, from_number, to_number, body, media, status, segment_count,
    provider_sid, created_by
  )
  values (
    p_tenant, conversation, our_number.id, 'inbound', sender, our_number.e164, left(body, 1600),
    coalesce(p_fields -> 'media', '[]'), 'received', coalesce((p_fields ->> 'segments')::integer, 1),
    p_fields ->> 'sid', null
  )
  on conflict (tenant_id, provider_sid) do nothing;
  if not found then
    return null;
  end if;
  keyword := private.keyword(body, p_fields ->> 'opt_out_type');
  if keyword = 'stop' then
    perform private.record_consent(p_tenant, sender, 'revoked', 'keyword');
  elsif keyword = 'start' then
    perform private.record_consent(p_tenant, sender, 'granted', 'keyword');
  end if;
  if not our_number.provider_answers_keywords and private.is_person_number(sender) then
    return private.keyword_answer(p_tenant, keyword);
  end if;
  return null;
end
$$;

create function private.apply_status(p_tenant uuid, p_fields jsonb) returns void
language plpgsql set search_path = '' as $$
-- A delivery status, found by our own id in the callback's URL or by the provider's id.
declare
  message public.sms_messages;
  sid constant text := p_fields ->> 'sid';
  code constant integer := (p_fields ->> 'error_code')::integer;
  status constant public.message_status := private.delivery_status(p_fields ->> 'status');
begin
  select * into message from public.sms_messages
  where tenant_id = p_tenant and id = (p_fields ->> 'message')::uuid and coalesce(provider_sid, sid) = sid;
  if not found then
    select * into message from public.sms_messages where tenant_id = p_tenant and provider_sid = sid;
  end if;
  if message.id is null then
    raise exception 'No text of this company has the id %.', sid;
  end if;
  if message.direction = 'inbound' or status is null then
    return;
  end if;
  perform private.apply_delivery_status(p_tenant, message.id, status, sid, code, null);
  if code = 21610 then
    perform private.record_consent(p_tenant, message.to_number, 'revoked', 'provider');
  end if;
end
$$;

create function private.work_event(p_event public.webhook_events) returns text
language plpgsql set search_path = '' as $$
-- The work of one kind of event; returns what to answer, or null. Later migrations add the kinds of other providers.
begin
  if p_event.kind = 'sms' then
    return private.apply_text(p_event.tenant_id, p_event.fields);
  elsif p_event.kind = 'status' then
    perform private.apply_status(p_event.tenant_id, p_event.fields);
  else
    raise exception '%', p_event.fields ->> 'reason';
  end if;
  return null;
end
$$;

create function private.apply_event(p_event uuid, out outcome text, out reply text)
language plpgsql set search_path = '' as $$
-- Does the work of a stored event. A failure undoes the work, not the event, which is due again after 30 s, 1, 2 and 4
-- minutes; after the fifth try only a person can help.
declare
  event public.webhook_events;
begin
  select * into event from public.webhook_events where id = p_event for update;
  if event.processed_at is not null then
    outcome := 'duplicate';
    return;
  end if;
  begin
    reply := private.work_event(event);
    update public.webhook_events
    set processed_at = now(), error = null, attempts = attempts + 1, next_attempt_at = null
    where id = p_event;
    outcome := 'applied';
  exception
    when others then
      update public.webhook_events
      set error = left(sqlerrm, 500),
          attempts = event.attempts + 1,
          next_attempt_at = case
            when event.kind <> 'unusable' and event.attempts < 4
            then now() + interval '30 seconds' * power(2, event.attempts)
          end
      where id = p_event;
      outcome := 'failed';
  end;
end
$$;

-- What webhooks and the worker call

create function backend.receive_twilio_event(
  p_tenant uuid, p_kind text, p_event_key text, p_fields jsonb, p_raw bytea, p_content_type text, p_idempotency_token text
) returns table (outcome text, reply text)
language plpgsql security definer set search_path = '' as $$
-- Stores an event and does its work, all in this one call. The same key again changes nothing, except that an event whose work
-- failed is tried again.
declare
  event uuid;
begin
  insert into public.webhook_events (
    tenant_id, provider, kind, event_key, fields, raw, content_type, idempotency_token
  )
  values (p_tenant, 'twilio', p_kind::public.event_kind, p_event_key, p_fields, p_raw, p_content_type, p_idempotency_token)
  on conflict (tenant_id, provider, event_key) do nothing
  returning id into event;
  if event is null then
    select id into event from public.webhook_events
    where tenant_id = p_tenant and provider = 'twilio' and event_key = p_event_key;
  end if;
  return query select applied.outcome, applied.reply from private.apply_event(event) as applied;
end
$$;

create function private.retry_events() returns integer
language plpgsql security definer set search_path = '' as $$
-- Tries due failed events again, one after the other; returns how many.
declare
  event uuid;
  tried integer := 0;
begin
  for event in
    select id from public.webhook_events
    where next_attempt_at <= now()
    order by next_attempt_at
    limit 100
    for update skip locked
  loop
    perform private.apply_event(event);
    tried := tried + 1;
  end loop;
  return tried;
end
$$;

create view public.failed_events with (security_invoker = true) as
select
  event.id, event.tenant_id, event.version, event.provider, event.kind, event.created_at as received_at, event.error,
  event.attempts, event.fields ->> 'from' as from_number, event.fields ->> 'body' as body
from public.webhook_events as event
where event.processed_at is null and event.error is not null;
comment on view public.failed_events is 'Signed events that could not be used, for a person to look at.';

-- Row-level security

alter table public.webhook_events enable row level security;

create policy "Provider events are seen by owners and managers" on public.webhook_events
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('settings.read')));

-- Grants. raw stays inside.

grant select (
  id, tenant_id, version, provider, kind, fields, processed_at, error, attempts, next_attempt_at, created_at, updated_at
) on public.webhook_events to authenticated;
grant select on public.failed_events to authenticated;
grant execute on function backend.receive_twilio_event(uuid, text, text, jsonb, bytea, text, text) to fieldlite_webhook;
