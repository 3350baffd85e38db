-- Why: the heart of the product. A conversation is (company, our number, their number); its texts wait, go out and are
-- followed to delivery in one table; what a thread shows is one row per thing in timeline_entries, written by trigger.

-- Types

create type public.conversation_status as enum ('open', 'pending', 'resolved', 'closed', 'archived', 'snoozed');
create type public.message_direction as enum ('inbound', 'outbound');
create type public.message_status as enum (
  'draft', 'scheduled', 'queued', 'sending', 'unknown', 'sent', 'undelivered', 'failed', 'delivered',
  'canceled', 'blocked', 'received'
);
create type public.timeline_kind as enum (
  'sms', 'consent', 'payment', 'refund', 'dispute', 'note', 'task', 'attachment', 'merge'
);

-- Tables

create table public.conversations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  phone_number_id uuid not null,
  their_number text not null check (length(their_number) between 1 and 90),
  contact_id uuid,
  status public.conversation_status not null default 'open',
  assigned_to uuid,
  opted_out boolean not null default false,
  unread_count integer not null default 0 check (unread_count >= 0),
  last_message_id uuid,
  last_message_at timestamptz not null default now(),
  last_message_body text,
  last_message_direction public.message_direction,
  last_message_status public.message_status,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, phone_number_id) references public.phone_numbers (tenant_id, id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, assigned_to) references public.memberships (tenant_id, user_id),
  unique (tenant_id, id),
  unique (tenant_id, phone_number_id, their_number)
);
comment on column public.conversations.their_number is
  'E.164, or a short code or sender name as the provider gave it; hmac:<hex> once its owner was erased.';
comment on column public.conversations.contact_id is 'Set exactly when one contact owns the number.';
comment on column public.conversations.opted_out is 'Kept by the consent ledger: a transactional text would be refused.';

create table public.sms_messages (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  conversation_id uuid not null,
  phone_number_id uuid not null,
  direction public.message_direction not null default 'outbound',
  from_number text not null,
  to_number text not null,
  body text not null check (length(body) <= 1600),
  media jsonb not null default '[]' check (jsonb_typeof(media) = 'array'),
  purpose public.consent_purpose not null default 'transactional',
  status public.message_status not null default 'queued',
  status_reason text,
  error_code integer,
  segment_count integer not null default 1 check (segment_count >= 0),
  provider_sid text,
  send_after timestamptz not null default now(),
  attempts integer not null default 0,
  claimed_at timestamptz,
  claimed_by text,
  sent_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  foreign key (tenant_id, conversation_id) references public.conversations (tenant_id, id),
  foreign key (tenant_id, phone_number_id) references public.phone_numbers (tenant_id, id),
  unique (tenant_id, id),
  unique (tenant_id, provider_sid)
);
comment on column public.sms_messages.status_reason is 'A stable code (opted_out, ...) or the provider''s words, beside failed, blocked, unknown.';
comment on column public.sms_messages.send_after is 'When a queued text is due; moved when a try is proven not to have left.';

create table public.timeline_entries (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id),
  contact_id uuid,
  conversation_id uuid,
  at timestamptz not null,
  kind public.timeline_kind not null,
  subject_id uuid not null,
  area public.access_area not null,
  title text,
  body text,
  details jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, conversation_id) references public.conversations (tenant_id, id),
  unique (tenant_id, kind, subject_id, conversation_id)
);
comment on table public.timeline_entries is 'One row per thing shown in a thread or on a contact''s page.';
comment on column public.timeline_entries.area is 'Who may see it: the people who may read that area.';
comment on column public.timeline_entries.title is
  'With body and details: what is shown of notes, tasks, attachments and merges, kept by trigger, so that a thread joins none of them.';

-- Indexes

create index conversations_list on public.conversations (tenant_id, last_message_at desc, id desc);
create index conversations_number on public.conversations (tenant_id, their_number);
create index conversations_contact on public.conversations (tenant_id, contact_id);
create index conversations_assignee on public.conversations (tenant_id, assigned_to) where assigned_to is not null;
create index sms_messages_list on public.sms_messages (tenant_id, created_at desc, id desc);
create index sms_messages_thread on public.sms_messages (tenant_id, conversation_id, created_at desc, id desc);
create index sms_messages_due on public.sms_messages (phone_number_id, send_after, id) where status = 'queued';
create index sms_messages_waiting_for on public.sms_messages (tenant_id, to_number) where status in ('scheduled', 'queued');
create index sms_messages_claimed on public.sms_messages (claimed_at) where status = 'sending' and provider_sid is null;
create index timeline_entries_thread on public.timeline_entries (tenant_id, conversation_id, at desc, id desc);
create index timeline_entries_contact on public.timeline_entries (tenant_id, contact_id, at desc, id desc);

-- Allowed steps of a text (domain.md 3.3): by rank while it is delivered; back to the queue only from a try that is proven
-- not to have left; blocked and canceled are reached from waiting only.

create function private.delivery_rank(p_status public.message_status) returns integer
language plpgsql immutable set search_path = '' as $$
begin
  return case p_status
    when 'queued' then 0
    when 'sending' then 1
    when 'unknown' then 2
    when 'sent' then 3
    when 'undelivered' then 4
    when 'failed' then 5
    when 'delivered' then 6
  end;
end
$$;
comment on function private.delivery_rank(public.message_status) is 'The highest wins, so late callbacks move nothing back; null outside delivery.';

insert into private.transitions (machine, old_status, new_status)
select 'text', lower_step::text, higher_step::text
from unnest(enum_range(null::public.message_status)) as lower_step
join unnest(enum_range(null::public.message_status)) as higher_step
  on private.delivery_rank(higher_step) > private.delivery_rank(lower_step)
union all
values
  ('text', 'draft', 'scheduled'), ('text', 'draft', 'queued'), ('text', 'scheduled', 'queued'),
  ('text', 'scheduled', 'canceled'), ('text', 'queued', 'canceled'),
  ('text', 'scheduled', 'blocked'), ('text', 'queued', 'blocked'),
  ('text', 'sending', 'queued');

-- Functions

create function private.segment_count(p_body text) returns integer
language plpgsql immutable set search_path = '' as $$
-- Segments of a text (3GPP TS 23.038): 160 septets alone or 153 each in GSM-7, where the extension table costs two; else 70
-- or 67 UTF-16 units each in UCS-2, where characters beyond the basic plane cost two.
begin
  return (
    with measure as (
      select
        p_body ~ '^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&''()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\\[~\]|€\f]*$' as is_gsm,
        length(p_body) + length(regexp_replace(p_body, '[^\^{}\\\[~\]|€\f]', '', 'g')) as septets,
        length(p_body) + length(regexp_replace(p_body, '[^\U00010000-\U0010ffff]', '', 'g')) as units
    )
    select case
      when is_gsm and septets <= 160 then 1
      when is_gsm then ceil(septets / 153.0)::integer
      when units <= 70 then 1
      else ceil(units / 67.0)::integer
    end
    from measure
  );
end
$$;

create function private.readable_areas() returns public.access_area[]
language plpgsql stable set search_path = '' as $$
begin
  return case when private.may('conversations.read') then array['inbox']::public.access_area[] else '{}' end;
end
$$;
comment on function private.readable_areas() is 'Areas whose timeline entries the person may read; later areas add their own permission.';

create function private.prepare_text() returns trigger
language plpgsql security definer set search_path = '' as $$
-- What a person writes is a conversation and a body; everything else of an outbound text is decided here, and what the rules
-- forbid is refused in the words of the screen. Texts that come in are complete already.
declare
  conversation public.conversations;
  known public.sms_messages;
  our_number text;
  refusal text;
begin
  if new.direction = 'inbound' then
    return new;
  end if;
  perform private.require('conversations.write');
  new.tenant_id := private.tenant_id();
  -- A repeated insert of the same text ends in "on conflict do nothing": it must neither be refused nor use up a token.
  select * into known from public.sms_messages where id = new.id and tenant_id = new.tenant_id;
  if found then
    return known;
  end if;
  select * into conversation from public.conversations where tenant_id = new.tenant_id and id = new.conversation_id;
  if not found then
    raise sqlstate 'PT404' using message = 'That conversation does not exist.', detail = 'no_such_conversation';
  end if;
  if btrim(coalesce(new.body, ''), E' \t\r\n') = '' then
    raise sqlstate 'PT422' using message = 'Write something first.', detail = 'empty_body';
  end if;
  if length(new.body) > 1600 then
    raise sqlstate 'PT422' using message = 'A text can have 1,600 characters at most. Split it in two.', detail = 'body_too_long';
  end if;
  if not exists (select from public.twilio_settings where tenant_id = new.tenant_id) then
    raise sqlstate 'PT409' using
      message = 'Texting is not set up yet. Connect your Twilio account in Settings.', detail = 'twilio_not_set_up';
  end if;
  if not private.is_person_number(conversation.their_number) then
    raise sqlstate 'PT409' using message = 'That sender can''t receive texts.', detail = 'not_textable';
  end if;
  refusal := private.message_refusal(new.tenant_id, conversation.their_number, 'sms', new.purpose);
  if refusal is not null then
    raise sqlstate 'PT409' using message = private.refusal_words(refusal, 'sms'), detail = refusal;
  end if;
  if not private.take_token('texts:person:' || auth.uid(), 1, 30)
    or not private.take_token('texts:company:' || new.tenant_id, 5, 200)
  then
    raise sqlstate 'PT429' using message = 'That was a lot of texts at once. Wait a moment and try again.', detail = 'too_fast';
  end if;
  select e164 into our_number from public.phone_numbers
  where tenant_id = new.tenant_id and id = conversation.phone_number_id;
  new.phone_number_id := conversation.phone_number_id;
  new.from_number := our_number;
  new.to_number := conversation.their_number;
  new.segment_count := private.segment_count(new.body);
  new.created_by := auth.uid();
  return new;
end
$$;

create function private.follow_text() returns trigger
language plpgsql security definer set search_path = '' as $$
-- A new text moves its conversation to the top and enters the timeline. An answer takes the unread mark off and wakes the
-- drain of its number. Of texts that arrive together the last to be written need not be the newest.
declare
  contact uuid;
begin
  update public.conversations
  set unread_count = case when new.direction = 'inbound' then unread_count + 1 else 0 end,
      status = 'open',
      last_message_at = greatest(last_message_at, new.created_at),
      (last_message_id, last_message_body, last_message_direction, last_message_status) = (
        select newest.id, newest.body, newest.direction, newest.status
        from (
          values
            (new.created_at, new.id, left(new.body, 160), new.direction, new.status),
            (last_message_at, last_message_id, last_message_body, last_message_direction, last_message_status)
        ) as newest (at, id, body, direction, status)
        order by newest.at desc, newest.id = new.id desc nulls last
        limit 1
      )
  where tenant_id = new.tenant_id and id = new.conversation_id
  returning contact_id into contact;
  insert into public.timeline_entries (tenant_id, contact_id, conversation_id, at, kind, subject_id, area, created_by)
  values (new.tenant_id, contact, new.conversation_id, new.created_at, 'sms', new.id, 'inbox', new.created_by);
  if new.status = 'queued' then
    perform private.defer_drain(new.tenant_id, new.phone_number_id);
  end if;
  return null;
end
$$;

create function private.follow_text_status() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.conversations
  set last_message_status = new.status
  where tenant_id = new.tenant_id and id = new.conversation_id and last_message_id = new.id;
  return null;
end
$$;

create function private.follow_consent() returns trigger
language plpgsql security definer set search_path = '' as $$
-- The ledger's newest line shows in every conversation with the number, after the text that caused it; texts that wait for
-- the number and became forbidden are blocked with the reason.
begin
  if new.channel <> 'sms' or new.purpose <> 'transactional' then
    return null;
  end if;
  update public.conversations
  set opted_out = (new.status = 'revoked')
  where tenant_id = new.tenant_id and their_number = new.address;
  insert into public.timeline_entries (tenant_id, contact_id, conversation_id, at, kind, subject_id, area, created_by)
  select new.tenant_id, contact_id, id, clock_timestamp(), 'consent', new.id, 'inbox', new.created_by
  from public.conversations
  where tenant_id = new.tenant_id and their_number = new.address;
  if new.status = 'revoked' then
    update public.sms_messages
    set status = 'blocked', status_reason = 'opted_out'
    where tenant_id = new.tenant_id and to_number = new.address and status in ('scheduled', 'queued');
  end if;
  return null;
end
$$;

create function private.link_conversations(p_tenant uuid, p_number text) returns void
language plpgsql set search_path = '' as $$
-- A conversation and its timeline belong to a contact exactly while one contact owns the number. Conversations are locked
-- first, as by a text that comes in, and then it is asked who owns the number.
declare
  owners uuid[];
  owner uuid;
begin
  perform from public.conversations
  where tenant_id = p_tenant and their_number = p_number
  order by id
  for no key update;
  owners := private.owners_of_number(p_tenant, p_number);
  owner := case when cardinality(owners) = 1 then owners[1] end;
  update public.timeline_entries as entry
  set contact_id = owner
  from public.conversations as conversation
  where conversation.tenant_id = p_tenant and conversation.their_number = p_number
    and entry.tenant_id = p_tenant and entry.conversation_id = conversation.id
    and entry.contact_id is distinct from owner;
  update public.conversations
  set contact_id = owner
  where tenant_id = p_tenant and their_number = p_number and contact_id is distinct from owner;
end
$$;

create function private.follow_contact_phone() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' and old.e164 is not null then
    perform private.link_conversations(old.tenant_id, old.e164);
  end if;
  if tg_op <> 'DELETE' and new.e164 is not null then
    perform private.link_conversations(new.tenant_id, new.e164);
  end if;
  return null;
end
$$;

-- Triggers

create trigger touch before update on public.conversations for each row execute function private.touch_tenant_row();
create trigger touch before update on public.sms_messages for each row execute function private.touch_tenant_row();
create trigger touch before update on public.timeline_entries for each row execute function private.touch_tenant_row();
create trigger touch before update on public.consents for each row execute function private.touch_tenant_row();
create trigger prepare before insert on public.sms_messages for each row execute function private.prepare_text();
create trigger check_status before update on public.sms_messages
for each row when (old.status <> new.status) execute function private.check_transition('text', 'text');
create trigger follow after insert on public.sms_messages for each row execute function private.follow_text();
create trigger follow_status after update on public.sms_messages
for each row when (old.status <> new.status) execute function private.follow_text_status();
create trigger follow after insert on public.consents for each row execute function private.follow_consent();
create trigger follow after insert or delete or update of e164, contact_id on public.contact_phones
for each row execute function private.follow_contact_phone();

-- Row-level security

alter table public.conversations enable row level security;
alter table public.sms_messages enable row level security;
alter table public.timeline_entries enable row level security;

create policy "Conversations are seen by the office and the bookkeeper" on public.conversations
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('conversations.read')));

create policy "Texts are seen by the office and the bookkeeper" on public.sms_messages
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('conversations.read')));

create policy "Texts are written by the office" on public.sms_messages
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('conversations.write')));

create policy "Timelines are seen by those who may read the area" on public.timeline_entries
for select to authenticated
using (
  tenant_id = (select private.tenant_id()) and area = any ((select private.readable_areas())::public.access_area[])
);

-- Grants. A person decides the id, the conversation and the words of a text, nothing else.

grant select on public.conversations, public.sms_messages, public.timeline_entries to authenticated;
grant insert (id, conversation_id, body) on public.sms_messages to authenticated;
grant execute on function private.readable_areas() to authenticated;

-- The mission's own example, postgres_changes on sms_messages, works for people of the company; the application itself uses
-- private topics. This is the only table in the publication.
alter publication supabase_realtime add table public.sms_messages;
