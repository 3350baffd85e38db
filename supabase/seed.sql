-- A believable company for development and demonstrations: Ridgeline Plumbing & Heating, Denver. Fixed ids, and every insert
-- leaves what is there alone, so it can run again. Numbers are from the range that is reserved for fiction (555-01xx).
-- Everybody's password is ridgeline-demo. Twilio's credentials cannot be here: only the service knows the vault's keys.

-- People

create temporary table seed_people (id uuid, email text, display_name text, role public.member_role);
insert into seed_people values
  ('5eed0000-0000-4000-8000-0000000000a1', 'owner@ridgeline.example', 'Dana Whitfield', 'owner'),
  ('5eed0000-0000-4000-8000-0000000000a2', 'manager@ridgeline.example', 'Marcus Okafor', 'manager'),
  ('5eed0000-0000-4000-8000-0000000000a3', 'dispatcher@ridgeline.example', 'Priya Nair', 'dispatcher'),
  ('5eed0000-0000-4000-8000-0000000000a4', 'estimator@ridgeline.example', 'Sam Lindqvist', 'estimator'),
  ('5eed0000-0000-4000-8000-0000000000a5', 'tech@ridgeline.example', 'Luis Ortega', 'tech'),
  ('5eed0000-0000-4000-8000-0000000000a6', 'bookkeeper@ridgeline.example', 'Helen Cho', 'bookkeeper');

insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new
)
select
  '00000000-0000-0000-0000-000000000000', id, 'authenticated', 'authenticated', email,
  extensions.crypt('ridgeline-demo', extensions.gen_salt('bf')), now(),
  '{"provider": "email", "providers": ["email"]}', jsonb_build_object('display_name', display_name),
  now(), now(), '', '', '', ''
from seed_people
on conflict (id) do nothing;

insert into auth.identities (id, user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
select id, id, id::text, 'email', jsonb_build_object('sub', id, 'email', email, 'email_verified', true), now(), now(), now()
from seed_people
on conflict do nothing;

insert into public.user_profiles (id) select id from seed_people on conflict (id) do nothing;

insert into public.tenants (id, name, timezone, created_by)
values (
  '5eed0000-0000-4000-8000-0000000000c1', 'Ridgeline Plumbing & Heating', 'America/Denver',
  '5eed0000-0000-4000-8000-0000000000a1'
)
on conflict (id) do nothing;

insert into public.memberships (tenant_id, user_id, role, display_name)
select '5eed0000-0000-4000-8000-0000000000c1', id, role, display_name from seed_people
on conflict (tenant_id, user_id) do nothing;

insert into public.phone_numbers (id, tenant_id, e164, label)
values ('5eed0000-0000-4000-8000-0000000000b1', '5eed0000-0000-4000-8000-0000000000c1', '+13035550100', 'Main line')
on conflict (tenant_id, e164) do nothing;

-- Contacts: number on the list -> name and type; the number's last two digits are the list's number

create temporary table seed_contacts (number integer, name text, type public.contact_type);
insert into seed_contacts values
  (1, 'Rosa Delgado', 'customer'), (2, 'Bartholomew Featherstonehaugh-Oyelaran', 'customer'),
  (3, 'Jim & Carol Novak', 'customer'), (4, 'Highland Terrace HOA', 'customer'), (5, 'Aisha Rahman', 'customer'),
  (6, 'Tom Breckenridge', 'customer'), (7, 'Mei-Ling Zhou', 'lead'), (8, 'Front Range Supply', 'vendor'),
  (9, 'Gwen Abernathy', 'customer'), (10, 'Oleg Petrenko', 'customer'), (11, 'Blue Spruce Dental', 'customer'),
  (12, 'Kayla Jefferson', 'lead'), (13, 'Hank Sorensen', 'customer'), (14, 'Maria José Ibáñez', 'customer'),
  (15, 'Colfax Coffee Roasters', 'customer'), (16, 'Devon Wright', 'lead'), (17, 'Ines Kowalczyk', 'customer'),
  (18, 'Pat Malone', 'customer'), (19, 'Summit Property Management', 'partner'), (20, 'Yusuf Demir', 'customer'),
  (21, 'Lorraine Tate', 'customer'), (22, 'Chris Vandermeer', 'customer'), (23, 'Nadia Haddad', 'lead'),
  (24, 'Walt Kim', 'customer'), (25, 'Sofia Marchetti', 'customer'), (26, 'Grace Oduya', 'customer'),
  (27, 'Ben Castellanos', 'lead'), (28, 'Red Rocks Heating Parts', 'vendor'), (29, 'Judith Nakamura', 'customer'),
  (30, 'Peter Blackwood', 'customer'), (31, 'Anita Desai', 'customer'), (32, 'Liam O''Rourke', 'customer'),
  (33, 'Tessa Lund', 'lead'), (34, 'Omar Fakhoury', 'customer'), (35, 'Elaine Brandt', 'customer'),
  (36, 'Cherry Creek Lofts', 'customer'), (37, 'Victor Salinas', 'customer'), (38, 'Dottie Ferris', 'customer'),
  (39, 'Noah Steiner', 'lead'), (40, 'Ruth Gallagher', 'customer');

insert into public.contacts (id, tenant_id, type, name, created_at)
select
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  type, name, now() - make_interval(days => 200 - number * 4)
from seed_contacts
on conflict (id) do nothing;

insert into public.contact_phones (id, tenant_id, contact_id, e164, raw, is_primary)
select
  ('5eed0000-0000-4000-8000-00000002' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid,
  '+130355501' || lpad(number::text, 2, '0'), '(303) 555-01' || lpad(number::text, 2, '0'), true
from seed_contacts
where number not in (0, 42)
on conflict do nothing;

-- Texts: whom, how long ago, which way, what, and how it ended

create temporary table seed_texts (
  line integer generated always as identity, number integer, ago interval, direction public.message_direction, body text,
  status public.message_status, error_code integer
);
insert into seed_texts (number, ago, direction, body, status, error_code) values
  (1, '2 days 3 hours', 'inbound', 'Hi, this is Rosa on Gaylord St. The water heater is making that noise again.', 'received', null),
  (1, '2 days 2 hours 50 minutes', 'outbound', 'Hi Rosa, sorry to hear that. Is there water around the base?', 'delivered', null),
  (1, '2 days 2 hours 45 minutes', 'inbound', 'A little, yes', 'received', null),
  (1, '2 days 2 hours 40 minutes', 'outbound', 'Please close the cold water valve above it. Luis can come tomorrow 8-10, does that work?', 'delivered', null),
  (1, '2 days 2 hours 30 minutes', 'inbound', 'Perfect, thank you!!', 'received', null),
  (1, '25 minutes', 'inbound', 'Luis was great. Can you send the invoice to my husband as well?', 'received', null),
  (2, '1 day 5 hours', 'inbound', 'Good morning. Do you service boilers from the 1950s? Ours is a Weil-McLain.', 'received', null),
  (2, '1 day 4 hours', 'outbound', 'Good morning! We do. Sam could look at it on Thursday and give you an estimate.', 'delivered', null),
  (2, '50 minutes', 'inbound', 'Thursday suits. After 14:00 if at all possible, the gate code is 4471.', 'received', null),
  (3, '6 days', 'outbound', 'Reminder: your furnace tune-up is Wed 9:00-11:00. Reply C to confirm.', 'delivered', null),
  (3, '5 days 22 hours', 'inbound', 'C', 'received', null),
  (4, '3 hours', 'inbound', 'Sprinkler line burst behind building C. Who is on call today?', 'received', null),
  (4, '2 hours 55 minutes', 'outbound', 'On our way: Luis arrives in about 40 minutes. Please shut off zone 3.', 'delivered', null),
  (5, '4 days', 'outbound', 'Hi Aisha, your faucet cartridge arrived. When can we come by?', 'undelivered', 30003),
  (6, '8 days', 'outbound', 'Hi Tom, how is the new disposal working out?', 'failed', 30006),
  (7, '10 minutes', 'inbound', 'Hello, found you on Google. How much for a toilet replacement?', 'received', null),
  (9, '12 days', 'inbound', 'STOP', 'received', null),
  (10, '20 hours', 'inbound', 'can u stop by at 5 instead of 4', 'received', null),
  (10, '19 hours 50 minutes', 'outbound', '5 works. See you then!', 'delivered', null),
  (11, '9 days', 'outbound', 'The backflow test report is done, I will e-mail it to the office.', 'delivered', null),
  (11, '9 days', 'inbound', 'Thanks! Same time next year please.', 'received', null),
  (12, '1 hour 15 minutes', 'inbound', 'Hi! Kitchen sink is backing up 😬 anything today?', 'received', null),
  (14, '3 days', 'inbound', '¿Hablan español? El calentador no prende.', 'received', null),
  (14, '2 days 23 hours', 'outbound', 'Sí, Luis habla español. ¿Mañana a las 9?', 'delivered', null),
  (14, '2 days 22 hours', 'inbound', 'Sí, gracias', 'received', null),
  (19, '15 days', 'outbound', 'Units 4B and 6A are done, invoices follow on Friday.', 'delivered', null),
  (22, '30 days', 'inbound', 'Do you also do air conditioning?', 'received', null),
  (22, '30 days', 'outbound', 'We do heating and plumbing only, but we like Mile High Air. Ask for Beth.', 'delivered', null),
  (36, '5 hours', 'inbound', 'Loft 302 reports low pressure since this morning.', 'received', null);

create temporary table seed_new_conversations as
select distinct ('5eed0000-0000-4000-8000-00000003' || lpad(number::text, 4, '0'))::uuid as id
from seed_texts
except
select id from public.conversations;

insert into public.conversations (id, tenant_id, phone_number_id, their_number, contact_id, last_message_at, created_at)
select
  ('5eed0000-0000-4000-8000-00000003' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  '5eed0000-0000-4000-8000-0000000000b1', '+130355501' || lpad(number::text, 2, '0'),
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, now() - max(ago), now() - max(ago)
from seed_texts
group by number
on conflict do nothing;

-- The trigger that completes what a person writes would refuse these: they are history.
alter table public.sms_messages disable trigger prepare;
insert into public.sms_messages (
  id, tenant_id, conversation_id, phone_number_id, direction, from_number, to_number, body, status, error_code, created_at,
  sent_at, delivered_at, created_by, segment_count
)
select
  ('5eed0000-0000-4000-8000-00000004' || lpad(line::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000003' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000b1',
  direction,
  case when direction = 'inbound' then '+130355501' || lpad(number::text, 2, '0') else '+13035550100' end,
  case when direction = 'inbound' then '+13035550100' else '+130355501' || lpad(number::text, 2, '0') end,
  body, status, error_code, now() - ago + make_interval(secs => line),
  case when direction = 'outbound' then now() - ago end,
  case when status = 'delivered' then now() - ago end,
  case when direction = 'outbound' then '5eed0000-0000-4000-8000-0000000000a3'::uuid end,
  private.segment_count(body)
from seed_texts
order by ago desc
on conflict (id) do nothing;
alter table public.sms_messages enable trigger prepare;

-- Somebody read what came in earlier than this morning.
update public.conversations
set unread_count = 0
where id in (select id from seed_new_conversations) and last_message_at < now() - interval '6 hours';

-- Gwen Abernathy opted out.
select private.record_consent('5eed0000-0000-4000-8000-0000000000c1', '+13035550109', 'revoked', 'keyword')
where not exists (
  select from public.consents
  where tenant_id = '5eed0000-0000-4000-8000-0000000000c1' and address = '+13035550109'
);

-- Invoices in every state: customer on the list, what for, how much, issued how many days ago, paid and given back in cents.
-- Payments were made elsewhere (cash and cheques), so no provider needs to know of them.

create temporary table seed_invoices (
  line integer, number integer, description text, cents bigint, issued_days_ago integer, paid_cents bigint, refunded_cents bigint
);
insert into seed_invoices values
  (1, 22, 'Boiler inspection', 18900, 45, 18900, 0), (2, 19, 'Units 4B and 6A: traps and supply lines', 124000, 38, 50000, 0),
  (3, 3, 'Furnace tune-up', 14900, 30, 14900, 14900), (4, 6, 'Garbage disposal, installed', 38500, 24, 0, 0),
  (5, 11, 'Backflow test with report', 22500, 9, 22500, 0), (6, 4, 'Sprinkler line repair, building C', 67000, 3, 0, 0),
  (7, 1, 'Water heater, 50 gal, installed', 189500, 1, 0, 0), (8, 36, 'Pressure regulator, loft 302', 41000, null, 0, 0);

do $$
declare
  company constant uuid := '5eed0000-0000-4000-8000-0000000000c1';
  bookkeeper constant uuid := '5eed0000-0000-4000-8000-0000000000a6';
  line seed_invoices;
  invoice uuid;
  payment uuid;
begin
  for line in select * from seed_invoices order by seed_invoices.line loop
    invoice := ('5eed0000-0000-4000-8000-00000005' || lpad(line.line::text, 4, '0'))::uuid;
    payment := ('5eed0000-0000-4000-8000-00000006' || lpad(line.line::text, 4, '0'))::uuid;
    continue when exists (select from public.invoices where id = invoice);
    insert into public.invoices (id, tenant_id, contact_id, created_by, created_at)
    values (
      invoice, company, ('5eed0000-0000-4000-8000-00000001' || lpad(line.number::text, 4, '0'))::uuid, bookkeeper,
      now() - make_interval(days => coalesce(line.issued_days_ago, 0))
    );
    insert into public.invoice_items (tenant_id, invoice_id, description, unit_price)
    values (company, invoice, line.description, line.cents / 100.0);
    continue when line.issued_days_ago is null;
    update public.invoices
    set status = 'issued', number = private.next_number(company, 'invoice'), issued_at = created_at,
        issued_on = created_at::date, due_on = created_at::date + 14
    where id = invoice;
    continue when line.paid_cents = 0;
    insert into public.payments (id, tenant_id, invoice_id, status, method, amount_cents, currency, succeeded_at, created_by)
    values (payment, company, invoice, 'succeeded', 'check', line.paid_cents, 'USD', now(), bookkeeper);
    continue when line.refunded_cents = 0;
    insert into public.refunds (tenant_id, payment_id, status, amount_cents, reason, created_by)
    values (company, payment, 'succeeded', line.refunded_cents, 'Paid twice by mistake', bookkeeper);
  end loop;
  -- It happened some days after each invoice, not just now.
  update public.timeline_entries as entry
  set at = paid.issued_at + make_interval(days => case entry.kind when 'refund' then 6 else 4 end)
  from (
    select payment.id as payment_id, refund.id as refund_id, invoice.issued_at
    from public.payments as payment
    join public.invoices as invoice on invoice.id = payment.invoice_id
    left join public.refunds as refund on refund.payment_id = payment.id
    where payment.tenant_id = company and payment.id::text like '5eed0000-%'
  ) as paid
  where entry.tenant_id = company and entry.subject_id in (paid.payment_id, paid.refund_id);
end
$$;

drop table seed_people, seed_contacts, seed_texts, seed_new_conversations, seed_invoices;
