-- Why: what people know and must do about a contact stands in the same stream as the texts. The timeline keeps what is shown of
-- a note or task, so that a thread, the hottest list there is, joins no further table for it.

-- Types

create type public.task_kind as enum ('todo', 'call_back');

-- Tables

create table public.notes (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid not null,
  body text not null check (length(btrim(body)) > 0 and length(body) <= 10000),
  pinned boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  unique (tenant_id, id)
);

create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null default private.tenant_id() references public.tenants (id),
  contact_id uuid,
  kind public.task_kind not null default 'todo',
  title text not null check (length(btrim(title)) between 1 and 200),
  body text check (length(body) <= 10000),
  due_on date,
  assigned_to uuid,
  completed_at timestamptz,
  completed_by uuid references public.user_profiles (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  created_by uuid default auth.uid() references public.user_profiles (id),
  deleted_at timestamptz,
  deleted_by uuid references public.user_profiles (id),
  foreign key (tenant_id, contact_id) references public.contacts (tenant_id, id),
  foreign key (tenant_id, assigned_to) references public.memberships (tenant_id, user_id)
);
comment on column public.tasks.due_on is 'A day in the company''s time zone.';

-- Indexes

create index notes_contact on public.notes (tenant_id, contact_id, created_at desc, id desc);
create index tasks_open on public.tasks (tenant_id, due_on, id) where completed_at is null and deleted_at is null;
create index tasks_done on public.tasks (tenant_id, completed_at desc, id desc) where completed_at is not null;
create index tasks_contact on public.tasks (tenant_id, contact_id) where contact_id is not null;
create index tasks_assignee on public.tasks (tenant_id, assigned_to, due_on, id) where completed_at is null;

-- Functions

create function private.entry_details(p_kind public.timeline_kind, p_subject jsonb) returns jsonb
language sql immutable set search_path = '' as $$
-- What a screen shows of the thing beside its title and body.
  select case p_kind
    when 'note' then jsonb_build_object('pinned', p_subject -> 'pinned')
    when 'task' then jsonb_build_object(
      'kind', p_subject -> 'kind', 'due_on', p_subject -> 'due_on', 'assigned_to', p_subject -> 'assigned_to',
      'completed_at', p_subject -> 'completed_at', 'completed_by', p_subject -> 'completed_by'
    )
    when 'attachment' then jsonb_build_object(
      'path', p_subject -> 'path', 'mime_type', p_subject -> 'mime_type', 'size_bytes', p_subject -> 'size_bytes',
      'note_id', p_subject -> 'note_id'
    )
    when 'merge' then jsonb_build_object('loser_id', p_subject -> 'loser_id', 'undone_at', p_subject -> 'undone_at')
  end;
$$;

create function private.show_in_timeline() returns trigger
language plpgsql security definer set search_path = '' as $$
-- After insert or update; the argument is the kind of entry. A thing that is deleted, or hangs on no contact, has no entry.
declare
  shown_kind constant public.timeline_kind := tg_argv[0];
  subject constant jsonb := to_jsonb(new);
  contact constant uuid := coalesce(subject ->> 'contact_id', subject ->> 'winner_id');
  heading constant text := coalesce(subject ->> 'title', subject ->> 'name', subject ->> 'loser_name');
begin
  if contact is null or subject ->> 'deleted_at' is not null then
    delete from public.timeline_entries as entry
    where entry.tenant_id = new.tenant_id and entry.kind = shown_kind and entry.subject_id = new.id;
    return null;
  end if;
  update public.timeline_entries as entry
  set contact_id = contact, title = heading, body = subject ->> 'body', details = private.entry_details(shown_kind, subject)
  where entry.tenant_id = new.tenant_id and entry.kind = shown_kind and entry.subject_id = new.id;
  if not found then
    insert into public.timeline_entries (
      tenant_id, contact_id, at, kind, subject_id, area, title, body, details, created_by
    )
    values (
      new.tenant_id, contact, new.created_at, shown_kind, new.id, 'inbox', heading, subject ->> 'body',
      private.entry_details(shown_kind, subject), new.created_by
    );
  end if;
  return null;
end
$$;

create function private.complete_task(p_task uuid, p_done boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require('contacts.write');
  if not exists (
    select from public.tasks where tenant_id = private.tenant_id() and id = p_task and deleted_at is null
  ) then
    raise sqlstate 'PT404' using message = 'That task does not exist.', detail = 'no_such_task';
  end if;
  update public.tasks
  set completed_at = case when p_done then now() end, completed_by = case when p_done then auth.uid() end
  where tenant_id = private.tenant_id() and id = p_task and (completed_at is not null) <> p_done;
end
$$;

-- Triggers

create trigger touch before update on public.notes for each row execute function private.touch_tenant_row();
create trigger touch before update on public.tasks for each row execute function private.touch_tenant_row();
create trigger show after insert or update on public.notes for each row execute function private.show_in_timeline('note');
create trigger show after insert or update on public.tasks for each row execute function private.show_in_timeline('task');
create trigger announce after insert or update on public.tasks
for each row execute function private.announce_to_inbox('task_list');

-- Views

create view public.task_list with (security_invoker = true) as
select
  task.id, task.tenant_id, task.version, task.contact_id, contact.name as contact_name, task.kind, task.title, task.body,
  task.due_on, task.assigned_to, assignee.display_name as assignee_name, task.completed_at, task.completed_by, task.created_at,
  task.created_by,
  task.completed_at is null and task.due_on < (now() at time zone tenant.timezone)::date as is_overdue
from public.tasks as task
join public.tenants as tenant on tenant.id = task.tenant_id
left join public.contacts as contact on contact.tenant_id = task.tenant_id and contact.id = task.contact_id
left join public.memberships as assignee on assignee.tenant_id = task.tenant_id and assignee.user_id = task.assigned_to
where task.deleted_at is null and (task.contact_id is null or contact.id is not null and contact.deleted_at is null);
comment on view public.task_list is
  'Tasks, without those of deleted contacts: page open ones by (due_on, id), done ones by (completed_at, id), newest first.';

create or replace view public.thread_entries with (security_invoker = true) as
select
  entry.id, entry.tenant_id, entry.conversation_id, entry.contact_id, entry.at, entry.kind, entry.subject_id,
  coalesce(message.version, payment.version, refund.version, dispute.version, entry.version) as version,
  message.direction, coalesce(message.body, entry.body) as body, message.status, message.error_code,
  private.status_words(message.status, message.error_code, message.status_reason) as status_reason,
  message.segment_count, message.media, coalesce(message.created_by, entry.created_by) as created_by,
  author.display_name as author_name, consent.status as consent_status,
  coalesce(refund.amount_cents, dispute.amount_cents, payment.amount_cents) as amount_cents,
  invoice.currency, invoice.id as invoice_id, invoice.number as invoice_number,
  coalesce(refund.status::text, dispute.status::text, payment.status::text) as money_status,
  entry.title, entry.details, contact.name as contact_name
from public.timeline_entries as entry
left join public.sms_messages as message
  on entry.kind = 'sms' and message.tenant_id = entry.tenant_id and message.id = entry.subject_id
left join public.consents as consent
  on entry.kind = 'consent' and consent.tenant_id = entry.tenant_id and consent.id = entry.subject_id
left join public.memberships as author
  on author.tenant_id = entry.tenant_id and author.user_id = coalesce(message.created_by, entry.created_by)
left join public.refunds as refund
  on entry.kind = 'refund' and refund.tenant_id = entry.tenant_id and refund.id = entry.subject_id
left join public.disputes as dispute
  on entry.kind = 'dispute' and dispute.tenant_id = entry.tenant_id and dispute.id = entry.subject_id
left join public.payments as payment
  on payment.tenant_id = entry.tenant_id
  and payment.id = case entry.kind
    when 'payment' then entry.subject_id
    when 'refund' then refund.payment_id
    when 'dispute' then dispute.payment_id
  end
left join public.invoices as invoice
  on invoice.tenant_id = payment.tenant_id and invoice.id = payment.invoice_id
left join public.contacts as contact
  on contact.tenant_id = entry.tenant_id and contact.id = entry.contact_id;

-- What browsers call

create function public.complete_task(p_task uuid, p_done boolean) returns void
language sql set search_path = '' as $$
  select private.complete_task(p_task, p_done);
$$;
comment on function public.complete_task is 'Ticks a task off, or takes the tick back; the same again changes nothing.';

-- Row-level security

alter table public.notes enable row level security;
alter table public.tasks enable row level security;

create policy "Notes are seen by the office and the bookkeeper" on public.notes
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and deleted_at is null);

create policy "Notes are written by the office" on public.notes
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Notes are changed by the office" on public.notes
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')) and deleted_at is null)
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Tasks are seen by the office and the bookkeeper" on public.tasks
for select to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.read')) and deleted_at is null);

create policy "Tasks are set by the office" on public.tasks
for insert to authenticated
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

create policy "Tasks are changed by the office" on public.tasks
for update to authenticated
using (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')) and deleted_at is null)
with check (tenant_id = (select private.tenant_id()) and (select private.may('contacts.write')));

-- Grants

grant select on public.notes, public.tasks, public.task_list to authenticated;
grant insert (id, contact_id, body, pinned), update (body, pinned) on public.notes to authenticated;
grant insert (id, contact_id, kind, title, body, due_on, assigned_to),
  update (contact_id, kind, title, body, due_on, assigned_to)
on public.tasks to authenticated;
grant execute on function private.complete_task(uuid, boolean), public.complete_task(uuid, boolean) to authenticated;
