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

-- Organizations and what the company wants to know of its customers, before the contacts that name them

insert into public.organizations (id, tenant_id, name, phone, website, created_at)
select
  ('5eed0000-0000-4000-8000-00000007' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1', name,
  '+130355501' || lpad(number::text, 2, '0'), website, now() - interval '210 days'
from (
  values
    (4, 'Highland Terrace HOA', 'https://highlandterrace.example'), (8, 'Front Range Supply', 'https://frontrangesupply.example'),
    (11, 'Blue Spruce Dental', 'https://bluespruce.example'), (15, 'Colfax Coffee Roasters', null),
    (19, 'Summit Property Management', 'https://summitpm.example'), (28, 'Red Rocks Heating Parts', null),
    (36, 'Cherry Creek Lofts', null)
) as organization (number, name, website)
on conflict (id) do nothing;

insert into public.custom_fields (id, tenant_id, label, kind, options, position)
values
  ('5eed0000-0000-4000-8000-000000080001', '5eed0000-0000-4000-8000-0000000000c1', 'Heating', 'choice',
    '{Furnace,Boiler,Heat pump,Baseboard}', 1),
  ('5eed0000-0000-4000-8000-000000080002', '5eed0000-0000-4000-8000-0000000000c1', 'Service plan until', 'date', '{}', 2),
  ('5eed0000-0000-4000-8000-000000080003', '5eed0000-0000-4000-8000-0000000000c1', 'Has a dog', 'boolean', '{}', 3)
on conflict do nothing;

-- Which organization, which place in it, how they came, what they heat with, until when their plan runs (in days), a dog?

create temporary table seed_backgrounds (
  number integer, organization integer, job_title text, source text, heating text, plan_days integer, has_dog boolean
);
insert into seed_backgrounds values
  (1, null, null, 'Neighbor', 'Furnace', 120, true), (2, null, null, 'Google', 'Boiler', null, false),
  (3, null, null, 'Repeat customer', 'Furnace', 240, true), (4, 4, null, 'Summit Property Management', 'Boiler', 90, null),
  (5, null, null, 'Google', null, null, null), (6, null, null, 'Yard sign', 'Furnace', null, true),
  (7, null, null, 'Google', null, null, null), (8, 8, null, null, null, null, null),
  (9, null, null, 'Neighbor', 'Baseboard', null, false), (11, 11, null, 'Google', 'Heat pump', 30, null),
  (12, null, null, 'Google', null, null, null), (14, null, null, 'Radio', 'Furnace', null, null),
  (15, 15, null, 'Walked in', null, null, null), (17, 11, 'Practice manager', 'Blue Spruce Dental', null, null, null),
  (19, 19, null, 'Trade fair', null, null, null), (24, 19, 'Site supervisor', 'Summit Property Management', null, null, null),
  (26, 4, 'Board president', 'Highland Terrace HOA', null, null, null), (28, 28, null, null, null, null, null),
  (30, 36, 'Caretaker', 'Cherry Creek Lofts', null, null, null), (36, 36, null, 'Google', 'Boiler', 300, null);

insert into public.contacts (
  id, tenant_id, type, name, organization_id, job_title, source, custom_values, created_at, created_by
)
select
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  seed_contacts.type, seed_contacts.name,
  ('5eed0000-0000-4000-8000-00000007' || lpad(background.organization::text, 4, '0'))::uuid, background.job_title, background.source,
  jsonb_strip_nulls(
    jsonb_build_object(
      '5eed0000-0000-4000-8000-000000080001', background.heating,
      '5eed0000-0000-4000-8000-000000080002', current_date + background.plan_days,
      '5eed0000-0000-4000-8000-000000080003', background.has_dog
    )
  ),
  now() - make_interval(days => 200 - number * 4), '5eed0000-0000-4000-8000-0000000000a3'
from seed_contacts
left join seed_backgrounds as background using (number)
on conflict (id) do nothing;

insert into public.contact_phones (id, tenant_id, contact_id, e164, raw, is_primary)
select
  ('5eed0000-0000-4000-8000-00000002' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid,
  '+130355501' || lpad(number::text, 2, '0'), '(303) 555-01' || lpad(number::text, 2, '0'), true
from seed_contacts
where number not in (0, 42)
on conflict do nothing;

-- E-mail addresses and places

insert into public.contact_emails (id, tenant_id, contact_id, email, is_primary)
select
  ('5eed0000-0000-4000-8000-00000009' || lpad(number::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, email, true
from (
  values
    (1, 'rosa.delgado@mail.example'), (2, 'b.featherstonehaugh-oyelaran@mail.example'), (3, 'thenovaks@mail.example'),
    (4, 'board@highlandterrace.example'), (5, 'aisha.rahman@mail.example'), (8, 'orders@frontrangesupply.example'),
    (9, 'gwen.abernathy@mail.example'), (11, 'office@bluespruce.example'), (13, 'hank.sorensen@mail.example'),
    (14, 'mj.ibanez@mail.example'), (15, 'hello@colfaxcoffee.example'), (17, 'ines@bluespruce.example'),
    (19, 'service@summitpm.example'), (21, 'ltate@mail.example'), (24, 'walt.kim@summitpm.example'), (26, 'grace.oduya@mail.example'),
    (28, 'counter@redrocksparts.example'), (29, 'judith.n@mail.example'), (31, 'anita.desai@mail.example'),
    (34, 'omar.fakhoury@mail.example'), (36, 'manager@cherrycreeklofts.example'), (37, 'victor.salinas@mail.example'),
    (40, 'ruth.gallagher@mail.example')
) as address (number, email)
on conflict do nothing;

insert into public.properties (
  id, tenant_id, contact_id, label, line1, line2, city, region, postal_code, country, gate_code, notes, latitude, longitude
)
select
  ('5eed0000-0000-4000-8000-0000000a' || lpad(line::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, label, line1, line2, city, 'CO', postal_code, 'US',
  gate_code, notes, latitude, longitude
from (
  values
    (1, 1, 'Home', '1432 Gaylord St', null, 'Denver', '80206', null, 'Shut-off is behind the dryer.', 39.7394, -104.9601),
    (2, 2, 'Home', '7750 Cherry Ridge Cir', null, 'Greenwood Village', '80111', '4471', null, 39.6018, -104.8967),
    (3, 3, 'Home', '3315 W 29th Ave', null, 'Denver', '80211', null, null, 39.7581, -105.0285),
    (4, 3, 'Rental', '928 Knox Ct', 'Basement', 'Denver', '80204', null, 'Tenant works nights: after 14:00.', 39.7318, -105.0321),
    (5, 4, 'Building C', '2200 Tremont Pl', null, 'Denver', '80205', '0912#', 'Sprinkler shut-off in the pump room.', 39.7502, -104.9836),
    (6, 5, 'Home', '1105 E Dartmouth Ave', null, 'Englewood', '80113', null, null, 39.6597, -104.9737),
    (7, 6, 'Home', '415 Washington Ave', null, 'Golden', '80401', null, null, 39.7603, -105.2258),
    (8, 9, 'Home', '6120 W 44th Pl', null, 'Wheat Ridge', '80033', null, null, 39.7772, -105.0639),
    (9, 10, 'Home', '1287 S Peoria St', 'Apt 12', 'Aurora', '80012', null, null, 39.6945, -104.8471),
    (10, 11, 'Office', '8101 E Belleview Ave', 'Suite H', 'Denver', '80237', null, 'Before 8:00 or after 17:00.', 39.6243, -104.8919),
    (11, 13, 'Home', '540 Pine St', null, 'Louisville', '80027', null, null, 39.9778, -105.1319),
    (12, 14, 'Home', '4725 Quitman St', null, 'Denver', '80212', null, null, 39.7829, -105.0408),
    (13, 15, 'Roastery', '2890 E Colfax Ave', null, 'Denver', '80206', null, null, 39.7402, -104.9548),
    (14, 18, 'Home', '77 S Ogden St', null, 'Denver', '80209', null, null, 39.7151, -104.9753),
    (15, 19, 'Unit 4B', '1350 Josephine St', 'Unit 4B', 'Denver', '80206', '2580', null, 39.7379, -104.9571),
    (16, 19, 'Unit 6A', '1350 Josephine St', 'Unit 6A', 'Denver', '80206', '2580', null, 39.7379, -104.9571),
    (17, 21, 'Home', '9320 Lark Sparrow Dr', null, 'Highlands Ranch', '80126', null, null, 39.5452, -104.9421),
    (18, 22, 'Home', '1818 Spruce St', null, 'Boulder', '80302', null, null, 40.0196, -105.2743),
    (19, 25, 'Home', '3030 N Humboldt St', null, 'Denver', '80205', null, null, 39.7599, -104.9689),
    (20, 31, 'Home', '5601 Olde Wadsworth Blvd', null, 'Arvada', '80002', null, null, 39.7993, -105.0812),
    (21, 34, 'Home', '720 S Alton Way', null, 'Denver', '80247', null, null, 39.7045, -104.8826),
    (22, 36, 'Loft 302', '200 Steele St', 'Loft 302', 'Denver', '80206', '7731', null, 39.7203, -104.9499),
    (23, 38, 'Home', '12 Sunset Ln', null, 'Littleton', '80123', null, null, 39.6171, -105.0672),
    (24, 40, 'Cabin', '48 Beaver Brook Canyon Rd', null, 'Evergreen', '80439', null, 'Winterized from October.', 39.7012, -105.3371)
) as place (line, number, label, line1, line2, city, postal_code, gate_code, notes, latitude, longitude)
on conflict do nothing;

-- Tags, and who has them

insert into public.tags (id, tenant_id, name, color)
select ('5eed0000-0000-4000-8000-0000000b' || lpad(line::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1', name, color::public.tag_color
from (
  values
    (1, 'VIP', 'purple'), (2, 'Service plan', 'green'), (3, 'Landlord', 'blue'), (4, 'Pays late', 'orange'), (5, 'Commercial', 'teal'),
    (6, 'Spanish', 'yellow')
) as tag (line, name, color)
on conflict do nothing;

insert into public.contact_tags (tenant_id, contact_id, tag_id)
select
  '5eed0000-0000-4000-8000-0000000000c1', ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid,
  ('5eed0000-0000-4000-8000-0000000b' || lpad(tag::text, 4, '0'))::uuid
from (
  values
    (1, 2), (1, 1), (2, 1), (3, 2), (3, 3), (4, 5), (4, 2), (6, 4), (8, 5), (11, 5), (11, 2), (14, 6), (15, 5), (19, 5), (19, 3), (22, 3),
    (28, 5), (36, 5), (36, 2), (37, 6), (38, 4)
) as tagged (number, tag)
on conflict do nothing;

-- Notes and tasks: about whom, how long ago, by whom

insert into public.notes (id, tenant_id, contact_id, body, pinned, created_at, created_by)
select
  ('5eed0000-0000-4000-8000-0000000c' || lpad(line::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, body, pinned, now() - ago, author::uuid
from (
  values
    (1, 1, 'Friendly shepherd mix in the yard. Ring first.', true, interval '90 days', '5eed0000-0000-4000-8000-0000000000a5'),
    (2, 1, 'Rheem 50 gal, made 2011. Anode is gone, tank will not last the winter.', false, interval '2 days', '5eed0000-0000-4000-8000-0000000000a5'),
    (3, 2, 'Weil-McLain from 1954, still cast iron. He wants to keep it if at all possible.', true, interval '1 day', '5eed0000-0000-4000-8000-0000000000a4'),
    (4, 3, 'Carol decides about the rental, Jim about the house.', false, interval '40 days', '5eed0000-0000-4000-8000-0000000000a2'),
    (5, 4, 'Invoices go to Summit Property Management, never to the board.', true, interval '60 days', '5eed0000-0000-4000-8000-0000000000a6'),
    (6, 6, 'Landline: call, do not text.', false, interval '8 days', '5eed0000-0000-4000-8000-0000000000a3'),
    (7, 11, 'Backflow test every November.', false, interval '9 days', '5eed0000-0000-4000-8000-0000000000a3'),
    (8, 38, 'Pays in three installments, agreed with Helen.', false, interval '20 days', '5eed0000-0000-4000-8000-0000000000a6')
) as note (line, number, body, pinned, ago, author)
on conflict do nothing;

insert into public.tasks (id, tenant_id, contact_id, kind, title, due_on, assigned_to, completed_at, completed_by, created_at, created_by)
select
  ('5eed0000-0000-4000-8000-0000000d' || lpad(line::text, 4, '0'))::uuid, '5eed0000-0000-4000-8000-0000000000c1',
  ('5eed0000-0000-4000-8000-00000001' || lpad(number::text, 4, '0'))::uuid, kind::public.task_kind, title, current_date + due_in, assignee::uuid,
  case when done then now() - interval '1 day' end, case when done then assignee::uuid end, now() - interval '3 days',
  '5eed0000-0000-4000-8000-0000000000a2'
from (
  values
    (1, 1, 'todo', 'Send the invoice to her husband as well', 0, '5eed0000-0000-4000-8000-0000000000a6', false),
    (2, 2, 'todo', 'Estimate for the boiler', 2, '5eed0000-0000-4000-8000-0000000000a4', false),
    (3, 5, 'call_back', 'Faucet cartridge is here: find a time', -1, '5eed0000-0000-4000-8000-0000000000a3', false),
    (4, 7, 'call_back', 'Price for a toilet replacement', 0, '5eed0000-0000-4000-8000-0000000000a3', false),
    (5, 36, 'todo', 'Order the pressure regulator for loft 302', 1, '5eed0000-0000-4000-8000-0000000000a2', false),
    (6, 11, 'todo', 'E-mail the backflow report', -8, '5eed0000-0000-4000-8000-0000000000a3', true),
    (7, null, 'todo', 'Renew the van insurance', 12, '5eed0000-0000-4000-8000-0000000000a2', false)
) as task (line, number, kind, title, due_in, assignee, done)
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
