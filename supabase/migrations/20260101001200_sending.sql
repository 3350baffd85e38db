-- Why: a text must go out once, never twice, whatever dies. A worker claims due texts (one commit), sends, and records what the
-- provider said (another). What is claimed and never recorded turns unknown and is shown to a person: it is not sent again.

-- Tables

create table private.worker_heartbeats (
  worker text primary key,
  beat_at timestamptz not null default now()
);
comment on table private.worker_heartbeats is 'Living worker processes; claims of workers without a fresh beat are given up.';
alter table private.worker_heartbeats enable row level security;

-- Functions

create function private.apply_delivery_status(
  p_tenant uuid, p_message uuid, p_status public.message_status, p_sid text, p_error_code integer, p_reason text
) returns void
language plpgsql set search_path = '' as $$
-- Rank decides, the highest wins; an error code belongs to the status that set it. The provider's id is kept even when the
-- status is late: it is the proof that the text left.
begin
  update public.sms_messages
  set provider_sid = coalesce(provider_sid, p_sid)
  where tenant_id = p_tenant and id = p_message and provider_sid is null and p_sid is not null;
  update public.sms_messages
  set status = p_status,
      error_code = p_error_code,
      status_reason = p_reason,
      claimed_by = null,
      sent_at = case when p_status in ('sent', 'delivered') then coalesce(sent_at, now()) else sent_at end,
      delivered_at = case when p_status = 'delivered' then now() else delivered_at end
  where tenant_id = p_tenant and id = p_message
    and private.delivery_rank(p_status) > private.delivery_rank(status);
end
$$;

create function backend.claim_messages(p_tenant uuid, p_phone_number uuid, p_worker text, p_limit integer default 10)
returns table (
  message_id uuid, tenant_id uuid, from_number text, to_number text, body text, media jsonb, wait_seconds double precision
)
language plpgsql security definer set search_path = '' as $$
-- Claims due texts of one number, oldest first, as fast as the number's carrier takes them. What became forbidden while it
-- waited is blocked. A last row with message_id null says in how many seconds the next one may go.
declare
  rate double precision;
  bucket constant text := 'number:' || p_phone_number;
  due public.sms_messages;
  refusal text;
  claimed integer := 0;
begin
  select number.sending_segments_per_second into rate
  from public.phone_numbers as number where number.tenant_id = p_tenant and number.id = p_phone_number;
  if not found then
    return;
  end if;
  while claimed < p_limit loop
    select message.* into due from public.sms_messages as message
    where message.phone_number_id = p_phone_number and message.status = 'queued' and message.send_after <= now()
      and message.tenant_id = p_tenant
    order by message.send_after, message.id
    limit 1
    for update skip locked;
    exit when not found;
    refusal := private.message_refusal(p_tenant, due.to_number, 'sms', due.purpose);
    if refusal is not null then
      update public.sms_messages as message set status = 'blocked', status_reason = refusal where message.id = due.id;
      continue;
    end if;
    if not private.take_token(bucket, rate, greatest(rate, 3), due.segment_count) then
      message_id := null;
      wait_seconds := greatest(private.token_wait(bucket, rate, greatest(rate, 3), due.segment_count), 0.05);
      return next;
      return;
    end if;
    update public.sms_messages as message
    set status = 'sending', claimed_at = now(), claimed_by = p_worker, attempts = message.attempts + 1
    where message.id = due.id;
    claimed := claimed + 1;
    message_id := due.id;
    tenant_id := due.tenant_id;
    from_number := due.from_number;
    to_number := due.to_number;
    body := due.body;
    media := due.media;
    wait_seconds := 0;
    return next;
  end loop;
end
$$;

create function backend.record_sent(p_tenant uuid, p_message uuid, p_sid text, p_status text, p_segments integer) returns void
language plpgsql security definer set search_path = '' as $$
-- The provider took the text. A callback may have overtaken this call: rank decides.
begin
  update public.sms_messages
  set segment_count = coalesce(nullif(p_segments, 0), segment_count)
  where tenant_id = p_tenant and id = p_message;
  perform private.apply_delivery_status(
    p_tenant, p_message, coalesce(private.delivery_status(p_status), 'sending'), p_sid, null, null
  );
end
$$;

create function backend.record_failed(p_tenant uuid, p_message uuid, p_error_code integer, p_error text) returns void
language plpgsql security definer set search_path = '' as $$
-- The provider refused the text. 21610 says that the number opted out at the provider: the ledger learns it.
declare
  their_number text;
begin
  perform private.apply_delivery_status(p_tenant, p_message, 'failed', null, p_error_code, p_error);
  if p_error_code = 21610 then
    select to_number into their_number from public.sms_messages where tenant_id = p_tenant and id = p_message;
    perform private.record_consent(p_tenant, their_number, 'revoked', 'provider');
  end if;
end
$$;

create function backend.record_unknown(p_tenant uuid, p_message uuid, p_reason text) returns void
language sql security definer set search_path = '' as $$
-- The connection broke after the text may have left.
  select private.apply_delivery_status(p_tenant, p_message, 'unknown', null, null, p_reason);
$$;

create function backend.release_message(p_tenant uuid, p_message uuid, p_retry_after interval, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
-- The text is proven not to have left: it is due again after the time that the provider asked for, and at least 2, 4, 8 ...
-- seconds; it fails after the tenth try, some 17 minutes later. Waiting in the provider's queue is no try.
begin
  update public.sms_messages
  set status = case when attempts >= 10 then 'failed' else 'queued' end::public.message_status,
      status_reason = case when attempts >= 10 then p_reason end,
      attempts = case when p_reason = 'throttled' then attempts - 1 else attempts end,
      send_after = now() + greatest(p_retry_after, make_interval(secs => power(2, attempts))),
      claimed_at = null,
      claimed_by = null
  where tenant_id = p_tenant and id = p_message and status = 'sending' and provider_sid is null;
end
$$;

create function backend.worker_heartbeat(p_worker text) returns void
language sql security definer set search_path = '' as $$
  insert into private.worker_heartbeats as known (worker) values (p_worker)
  on conflict (worker) do update set beat_at = now();
$$;

create function backend.worker_stopped(p_worker text) returns void
language sql security definer set search_path = '' as $$
  delete from private.worker_heartbeats where worker = p_worker;
$$;

create function private.delivery_status(p_provider_status text) returns public.message_status
language sql immutable set search_path = '' as $$
-- Twilio's words for an outbound message (https://www.twilio.com/docs/messaging/api/message-resource#message-status-values).
-- Null for a word that says nothing about delivery: it is ignored, not fatal.
  select case lower(p_provider_status)
    when 'accepted' then 'queued'
    when 'queued' then 'queued'
    when 'sending' then 'sending'
    when 'sent' then 'sent'
    when 'undelivered' then 'undelivered'
    when 'failed' then 'failed'
    when 'delivered' then 'delivered'
    when 'read' then 'delivered'
  end::public.message_status;
$$;

-- Grants

grant execute on function
  backend.claim_messages(uuid, uuid, text, integer),
  backend.record_sent(uuid, uuid, text, text, integer),
  backend.record_failed(uuid, uuid, integer, text),
  backend.record_unknown(uuid, uuid, text),
  backend.release_message(uuid, uuid, interval, text),
  backend.worker_heartbeat(text),
  backend.worker_stopped(text)
to fieldlite_worker;
