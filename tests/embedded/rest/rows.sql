truncate public.clients, public.projects, public.tasks, public.addresses, public.labels, public.task_labels,
  public.rooms, public.bookings, public.visits, public.diaries restart identity cascade;

insert into public.clients (name, tags, extra, active, mood, born) values
  ('Ann', '{a,b}', '{"a": {"b": [1, 2]}, "k": "v"}', true, 'calm', '1980-02-03'),
  ('Bob', '{}', null, false, 'busy', null),
  ('Cyd', '{c}', '{"k": "w"}', null, null, '1999-12-31');
insert into public.projects (client_id, reviewer_id, name, budget) values
  (1, 2, 'Roof', 10.50), (1, null, 'Wall', 20), (2, 1, 'Door', null), (null, null, 'Idea', 1);
insert into public.tasks (project_id, parent_id, name, done) values
  (1, null, 'measure', true), (1, 1, 'cut', false), (3, null, 'paint', false);
insert into public.addresses values (1, 'High Street');
insert into public.labels values (1, 'red'), (2, 'blue');
insert into public.task_labels values (1, 1), (1, 2), (2, 1);
insert into public.rooms values ('00000000-0000-0000-0000-00000000000a', 1, 'Hall');
insert into public.bookings values ('00000000-0000-0000-0000-00000000000a', 7, 1, 'Eve');
