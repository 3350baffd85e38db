-- Why: every row of ours has the same habits (identity never changes, a version counts its changes, status moves only along
-- allowed steps, limits are token buckets). They are written once here and used by every table that follows.

-- Types

create domain public.e164 as text check (value ~ '^\+[1-9][0-9]{6,14}$');
comment on domain public.e164 is 'A telephone number as ITU-T E.164 writes it: plus, country code, subscriber number.';

-- Tables

create table private.transitions (
  machine text not null,
  old_status text not null,
  new_status text not null,
  primary key (machine, old_status, new_status)
);
comment on table private.transitions is 'Allowed steps of every state machine; private.check_transition() refuses all others.';
alter table private.transitions enable row level security;

-- Unlogged: after a crash every bucket is full again, which costs nobody anything.
create unlogged table private.rate_limits (
  key text primary key,
  tokens double precision not null,
  refilled_at timestamptz not null
);
comment on table private.rate_limits is 'One token bucket a key; used through private.take_token() only.';
alter table private.rate_limits enable row level security;

create table private.retention (
  kind text primary key,
  keep interval not null,
  reason text not null
);
comment on table private.retention is 'How long what is kept; docs/operations.md shows the same table and a test compares them.';
alter table private.retention enable row level security;

insert into private.retention (kind, keep, reason)
values
  ('deleted records', '30 days', 'a deletion by mistake is noticed within a month'),
  ('undo of merges', '30 days', 'so long a merge can be taken back'),
  ('import rows', '90 days', 'an import can be taken back for 30 days, and asked about for a quarter'),
  ('provider events', '90 days', 'longer than providers can be asked to send them again (Stripe: 30 days)'),
  ('invitations', '30 days', 'counted from when they were used, taken back or expired'),
  ('orphaned files', '1 day', 'uploads whose record never came; a slow upload takes hours at most'),
  ('ended log-ins', '8 days', 'an access token lives for an hour, and for a week if Auth is set so'),
  ('used limits', '1 day', 'every limit on how often something may be done has filled up again by then'),
  ('audit log', '2 years', 'card payments can be disputed for up to 540 days, and that must still be explained');

-- Functions

create function private.touch_row() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.id = old.id;
  new.created_at = old.created_at;
  new.updated_at = now();
  new.version = old.version + 1;
  return new;
end
$$;
comment on function private.touch_row() is 'Before update: pins identity, counts the version.';

create function private.touch_tenant_row() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.id = old.id;
  new.tenant_id = old.tenant_id;
  new.created_at = old.created_at;
  new.created_by = old.created_by;
  new.updated_at = now();
  new.version = old.version + 1;
  return new;
end
$$;
comment on function private.touch_tenant_row() is 'Before update: as touch_row(), and a row never changes its company or author.';

create function private.to_uuid(p_text text) returns uuid
language sql immutable set search_path = '' as $$
-- Null for what is no id: names of files are what somebody called them. (pg_input_is_valid() came with PostgreSQL 16.)
  select case when p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_text::uuid end;
$$;

create function private.is_day(p_text text) returns boolean
language plpgsql immutable set search_path = '' as $$
-- A day of the calendar as YYYY-MM-DD.
begin
  return p_text ~ '^\d{4}-\d{2}-\d{2}$'
    and make_date(left(p_text, 4)::integer, substr(p_text, 6, 2)::integer, right(p_text, 2)::integer) is not null;
exception
  when datetime_field_overflow then
    return false;
end
$$;

create function private.check_transition() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (
    select from private.transitions as step
    where step.machine = tg_argv[0] and step.old_status = old.status::text and step.new_status = new.status::text
  ) then
    raise sqlstate 'PT409' using
      message = format('This %s is %s and cannot become %s.', tg_argv[0], old.status, new.status),
      detail = 'illegal_transition';
  end if;
  return new;
end
$$;
comment on function private.check_transition() is 'Before update of status; the argument names the machine in private.transitions.';

create function private.take_token(p_key text, p_rate double precision, p_burst double precision, p_cost double precision default 1)
returns boolean
language plpgsql set search_path = '' as $$
-- A bucket holds p_burst tokens and refills by p_rate tokens a second. A cost above the burst is let through by a full
-- bucket and leaves a debt, so that a long text is slow instead of impossible.
declare
  taken boolean;
begin
  insert into private.rate_limits as bucket (key, tokens, refilled_at)
  values (p_key, p_burst - p_cost, clock_timestamp())
  on conflict (key) do update
  set tokens = least(p_burst, bucket.tokens + extract(epoch from clock_timestamp() - bucket.refilled_at) * p_rate) - p_cost,
      refilled_at = clock_timestamp()
  where least(p_burst, bucket.tokens + extract(epoch from clock_timestamp() - bucket.refilled_at) * p_rate)
    >= least(p_cost, p_burst)
  returning true into taken;
  return coalesce(taken, false);
end
$$;

create function private.token_wait(p_key text, p_rate double precision, p_burst double precision, p_cost double precision default 1)
returns double precision
language sql stable set search_path = '' as $$
-- Seconds until take_token() with the same arguments would succeed; 0 when it would now.
  select coalesce(
    (
      select greatest(
        0,
        (least(p_cost, p_burst) - bucket.tokens) / p_rate - extract(epoch from clock_timestamp() - bucket.refilled_at)
      )
      from private.rate_limits as bucket
      where bucket.key = p_key
    ),
    0
  );
$$;

create function private.kept_for(p_kind text) returns interval
language sql stable set search_path = '' as $$
  select keep from private.retention where kind = p_kind;
$$;

create function private.oldest(p_kind text) returns timestamptz
language sql stable set search_path = '' as $$
  select now() - private.kept_for(p_kind);
$$;
comment on function private.oldest(text) is 'What is older than this is not kept.';
