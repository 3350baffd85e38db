-- Why: what row-level security costs shows only among many rows. This makes companies with everything of theirs; the settings
-- bench.first and bench.last say which, bench.each how many contacts each has, bench.large how many the first one has.

-- Companies, each with an owner, a number and five tags

with company as (
  select ('be4c0000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid as id, n
  from generate_series(current_setting('bench.first')::int, current_setting('bench.last')::int) as n
),
login as (
  insert into auth.users (id, email) select id, n || '@bench.example' from company
),
profile as (
  insert into public.user_profiles (id) select id from company
),
tenant as (
  insert into public.tenants (id, name) select id, 'Company ' || n from company
),
member as (
  insert into public.memberships (tenant_id, user_id, role, display_name) select id, id, 'owner', 'Owner' from company
),
tag as (
  insert into public.tags (tenant_id, name) select id, 'Tag ' || t from company cross join generate_series(1, 5) as t
)
insert into public.phone_numbers (id, tenant_id, e164) select id, id, '+1' || (3000000000 + n) from company;

-- People: names and numbers are made of the position, so searches find what they should

create temporary table person on commit drop as
select
  gen_random_uuid() as id, gen_random_uuid() as conversation_id, company.id as tenant_id, n,
  row_number() over () + company.base * 100000 as number,
  (array['Ann', 'Bartholomew', 'Carla', 'Dmitri', 'Elena', 'Frank', 'Grace', 'Hiro', 'Ines', 'Jamal', 'Kirsten', 'Luis'])[
    1 + n % 12
  ] || ' ' ||
  (array['Ash', 'Bright', 'Clear', 'Dun', 'East', 'Fair', 'Green', 'Hart', 'Iron', 'Kings', 'Lang', 'Mill', 'North'])[
    1 + (n / 12) % 13
  ] ||
  (array['wood', 'field', 'water', 'bury', 'ford', 'ton', 'ley', 'worth', 'man', 'son', 'smith', 'gate', 'more', 'well'])[
    1 + (n / 156) % 14
  ] || case when n > 2184 then ' ' || chr(65 + (n / 2184) % 26) || '.' else '' end as name,
  now() - (n * 37 || ' minutes')::interval as made_at
from (
  select ('be4c0000-0000-4000-8000-' || lpad(c::text, 12, '0'))::uuid as id, c as base,
         case when c = 1 then current_setting('bench.large')::int else current_setting('bench.each')::int end as size
  from generate_series(current_setting('bench.first')::int, current_setting('bench.last')::int) as c
) as company
cross join lateral generate_series(1, company.size) as n;

-- Their rows

insert into public.contacts (
  id, tenant_id, type, name, created_at
)
select
  id, tenant_id, case n % 3 when 0 then 'lead' else 'customer' end::public.contact_type, name, made_at
from person;

insert into public.contact_phones (
  tenant_id, contact_id, e164, raw, is_primary
)
select
  tenant_id, id, '+1' || (4000000000 + number), '+1' || (4000000000 + number), true
from person;

insert into public.contact_emails (
  tenant_id, contact_id, email, is_primary
)
select
  tenant_id, id, lower(replace(replace(name, ' ', '.'), '..', '.')) || n || '@example.test', true
from person;

insert into public.properties (
  tenant_id, contact_id, line1, city, region, postal_code
)
select
  tenant_id, id, n || ' ' || (array['Oak', 'Elm', 'Pearl', 'Colfax', 'Larimer'])[1 + n % 5] || ' Street',
  (array['Denver', 'Boulder', 'Golden', 'Aurora'])[1 + n % 4], 'CO', (80000 + n % 900)::text
from person;

insert into public.contact_tags (
  tenant_id, contact_id, tag_id
)
select
  person.tenant_id, person.id, tag.id
from person
join public.tags as tag on tag.tenant_id = person.tenant_id
  and tag.name = 'Tag ' || (1 + n % 5)
where n % 4 = 0;

insert into private.contact_activity (
  contact_id, tenant_id, at
)
select
  id, tenant_id, made_at
from person;

insert into private.contact_documents (
  contact_id, tenant_id, name, document
)
select
  id, tenant_id, lower(name),
  lower(name) || E'\n' || lower(replace(name, ' ', '.')) || n || '@example.test' || E'\n1' || (4000000000 + number) || E'\n' || n || ' ' || (array['oak', 'elm', 'pearl', 'colfax', 'larimer'])[1 + n % 5] || ' street denver co'
from person;

insert into public.conversations (
  id, tenant_id, phone_number_id, their_number, contact_id, unread_count, last_message_at, last_message_body, last_message_direction, last_message_status, created_at
)
select
  conversation_id, tenant_id, tenant_id, '+1' || (4000000000 + number), id, (n % 9 = 0)::int, made_at,
  'See you then', 'inbound', 'received', made_at
from person;

insert into public.sms_messages (
  tenant_id, conversation_id, phone_number_id, direction, from_number, to_number, body, status, created_at
)
select
  tenant_id, conversation_id, tenant_id,
  case t % 2 when 0 then 'inbound' else 'outbound' end::public.message_direction, '+13035550100',
  '+1' || (4000000000 + number), 'Text ' || t || ' about the boiler',
  case t % 2 when 0 then 'received' else 'delivered' end::public.message_status,
  made_at - (t || ' hours')::interval
from person
cross join generate_series(1, 5) as t;

insert into public.timeline_entries (
  tenant_id, contact_id, conversation_id, at, kind, subject_id, area
)
select
  text.tenant_id, person.id, text.conversation_id, text.created_at, 'sms', text.id, 'inbox'
from person
join public.sms_messages as text on text.tenant_id = person.tenant_id
  and text.conversation_id = person.conversation_id;

insert into public.invoices (
  tenant_id, contact_id, number, status, currency, total_cents, due_on, issued_at, issued_on, created_at
)
select
  tenant_id, id, n, 'issued', 'USD', 12500, current_date + 14, made_at, made_at::date, made_at
from person
where n % 10 = 0;

insert into public.tasks (
  tenant_id, contact_id, title, due_on, assigned_to, created_at
)
select
  tenant_id, id, 'Call back', current_date + n % 30, tenant_id, made_at
from person
where n % 20 = 0;

insert into public.audit_log (
  tenant_id, actor_kind, actor_id, table_name, row_id, action, new_values, created_at
)
select
  tenant_id, 'person', tenant_id, 'contacts', id, 'insert', jsonb_build_object('name', name), made_at
from person;

drop table person;
