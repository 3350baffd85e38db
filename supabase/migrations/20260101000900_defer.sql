-- Why: a row and the task that works on it must be one commit. private.defer() is the only door to the queue; its search path
-- is the queue's, because the queue's own SQL is unqualified.

create function private.defer(p_task text, p_queue text, p_arguments jsonb, p_queueing_lock text) returns bigint
language plpgsql security definer set search_path = background, pg_temp as $$
-- Returns the task's id, or null when a task with the same queueing lock waits already: that one will do the work.
begin
  return (
    procrastinate_defer_jobs_v1(
      array[row(p_queue, p_task, 0, null, p_queueing_lock, p_arguments, null)::procrastinate_job_to_defer_v1]
    )
  )[1];
exception
  when unique_violation then
    return null;
end
$$;

create function private.defer_drain(p_tenant uuid, p_phone_number uuid) returns bigint
language sql set search_path = '' as $$
  select private.defer(
    'drain_number',
    'sending',
    jsonb_build_object('tenant_id', p_tenant, 'phone_number_id', p_phone_number),
    'drain:' || p_phone_number
  );
$$;
comment on function private.defer_drain(uuid, uuid) is 'One waiting task per number sends everything that is due from it.';
