-- The realtime schema as hosted Supabase has it: the messages that broadcast carries, partitioned by day, the functions
-- that triggers and policies call, and the two publications that Realtime reads.
-- Hosted also keeps its subscriptions in a table here (realtime.subscription); this stack keeps them in memory.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'supabase_realtime_admin') then
    create role supabase_realtime_admin noinherit nologin noreplication;
  end if;
end
$$;

create schema if not exists realtime authorization supabase_admin;

grant usage on schema realtime to anon, authenticated, service_role;
grant usage on schema realtime to postgres with grant option;
grant all on schema realtime to supabase_realtime_admin with grant option;

-- Policies on realtime.messages are made by the project's own migrations, which run as postgres.
grant supabase_realtime_admin to postgres;

-- Messages

create table realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp without time zone not null default now(),
  inserted_at timestamp without time zone not null default now(),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  constraint messages_pkey primary key (id, inserted_at),
  constraint messages_payload_exclusive check (payload is null or binary_payload is null)
) partition by range (inserted_at);

-- Realtime makes the partitions of the coming days; what arrives before it has run must not be lost.
create table realtime.messages_default partition of realtime.messages default;

create index messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;

alter table realtime.messages owner to supabase_realtime_admin;
alter table realtime.messages_default owner to supabase_realtime_admin;
alter table realtime.messages enable row level security;

grant all on realtime.messages to postgres;
grant select, insert on realtime.messages to postgres with grant option;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

-- Functions for policies and triggers

create function realtime.topic() returns text
  language sql stable
  return nullif(pg_catalog.current_setting('realtime.topic', true), '');

comment on function realtime.topic() is
  'The topic being joined or written to, for policies on realtime.messages; null outside of an authorization check.';

create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
  language plpgsql
  as $$
declare
  message_id uuid := gen_random_uuid();
begin
  -- Policies on the table may ask for the topic, as they do when a client joins.
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (
    message_id,
    case when payload ? 'id' then payload else jsonb_set(payload, '{id}', to_jsonb(message_id)) end,
    event, topic, private, 'broadcast'
  );
exception when others then
  -- A notification that fails must not undo the change that it announces.
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create function realtime.send_binary(payload bytea, event text, topic text, private boolean default true) returns void
  language plpgsql
  as $$
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (binary_payload, event, topic, private, extension)
  values (payload, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text default 'ROW'
) returns void
  language plpgsql
  as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object(
      'schema', table_schema, 'table', table_name, 'operation', operation, 'record', new, 'old_record', old
    ),
    event_name, topic_name
  );
exception when others then
  raise exception 'Failed to process the row: %', sqlerrm;
end
$$;

alter function realtime.topic() owner to supabase_realtime_admin;
alter function realtime.send(jsonb, text, text, boolean) owner to supabase_realtime_admin;
alter function realtime.send_binary(bytea, text, text, boolean) owner to supabase_realtime_admin;
alter function realtime.broadcast_changes(text, text, text, text, text, record, record, text)
  owner to supabase_realtime_admin;

-- Which subscribers see a row: asked by Realtime's own connection for each change

create function realtime.visible_to(probe text, roles text[], claims text[]) returns boolean[]
  language plpgsql
  as $$
-- probe: an EXECUTE of a prepared statement that tells whether the current role finds the row.
-- Returns one answer for each pair of role and claims; null where a policy failed for it.
declare
  seen boolean;
  answers boolean[] := '{}';
begin
  for i in 1 .. cardinality(roles) loop
    begin
      perform set_config('role', roles[i], true), set_config('request.jwt.claims', claims[i], true);
      execute probe into seen;
    exception when others then
      seen := null;
    end;
    answers := answers || seen;
  end loop;
  perform set_config('role', 'none', true);
  return answers;
end
$$;

revoke execute on function realtime.visible_to(text, text[], text[]) from public;

-- Publications

-- postgres adds the project's tables to this one.
create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;

create publication supabase_realtime_messages_publication for table realtime.messages
  with (publish = 'insert', publish_via_partition_root = true);
