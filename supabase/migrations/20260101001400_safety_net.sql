-- Why: whatever dies between two commits, the next tick of any worker repairs: it asks for drains that nobody asked for (a
-- trigger that met a waiting task deferred nothing, and that task may not have seen its row), gives up claims and tasks of dead
-- workers, lets imports go on that lost theirs, and tries failed events again. Several workers ticking at once do no harm.

create function private.forget_dead_workers() returns void
language plpgsql security definer set search_path = background, pg_temp as $$
-- The queue never gives a dead worker's task back. Tasks are drains and imports, which the tick asks for itself, and periodic
-- ones, which come again.
begin
  perform procrastinate_prune_stalled_workers_v1(30);
  delete from procrastinate_jobs where status = 'doing' and worker_id is null;
end
$$;

create function backend.worker_tick(p_claim_timeout interval default '2 minutes')
returns table (task text, tenant_id uuid, phone_number_id uuid, detail text)
language plpgsql security definer set search_path = '' as $$
-- Returns one row for each thing that it had to do.
declare
  retried integer;
begin
  perform private.forget_dead_workers();
  delete from private.worker_heartbeats where beat_at < now() - interval '30 seconds';

  for tenant_id, phone_number_id, detail in
    select message.tenant_id, message.phone_number_id, message.id::text
    from public.sms_messages as message
    where message.status = 'sending' and message.provider_sid is null
      and message.claimed_at < now() - p_claim_timeout
      and not exists (select from private.worker_heartbeats as living where living.worker = message.claimed_by)
    for update skip locked
  loop
    task := 'unknown';
    perform private.apply_delivery_status(tenant_id, detail::uuid, 'unknown', null, null, 'worker_died');
    return next;
  end loop;

  for tenant_id, phone_number_id in
    select number.tenant_id, number.id
    from public.phone_numbers as number
    where exists (
      select from public.sms_messages as message
      where message.phone_number_id = number.id and message.status = 'queued' and message.send_after <= now()
    )
  loop
    detail := private.defer_drain(tenant_id, phone_number_id)::text;
    continue when detail is null;
    task := 'drain';
    return next;
  end loop;

  for tenant_id, detail in select * from private.defer_imports() loop
    task := 'import';
    phone_number_id := null;
    return next;
  end loop;

  retried := private.retry_events();
  if retried > 0 then
    task := 'retry';
    tenant_id := null;
    phone_number_id := null;
    detail := retried::text;
    return next;
  end if;
end
$$;

grant execute on function backend.worker_tick(interval) to fieldlite_worker;
