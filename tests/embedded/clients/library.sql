-- Why: a small library for the official JavaScript client: rows under policies, an embed, functions, live topics.
create table public.js_authors (
  id bigint generated always as identity primary key,
  name text not null unique
);
create table public.js_books (
  id uuid primary key default gen_random_uuid(),
  author_id bigint not null references public.js_authors (id),
  owner_id uuid not null default auth.uid(),
  title text not null,
  pages integer,
  tags text[] not null default '{}'
);
alter table public.js_authors enable row level security;
alter table public.js_books enable row level security;
revoke all on public.js_authors, public.js_books from anon;
create policy "Everybody signed in reads authors" on public.js_authors for select to authenticated using (true);
create policy "People have their own books" on public.js_books for all to authenticated
  using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
insert into public.js_authors (name) values ('Ursula'), ('Italo');

create function public.js_longest(minimum integer default 0) returns setof public.js_books
language sql stable as $$
  select * from public.js_books where pages >= minimum order by pages desc;
$$;
create function public.js_refuse() returns void language plpgsql as $$
begin
  raise sqlstate 'PT409' using message = 'They opted out.', detail = 'opted_out', hint = 'Call instead.';
end $$;
create function public.js_tell(topic text, words text) returns void language sql security definer set search_path = '' as $$
  select realtime.send(jsonb_build_object('words', words), 'said', topic, true);
$$;

alter publication supabase_realtime add table public.js_books;
create policy "People hear their own topic" on realtime.messages for select to authenticated
  using (realtime.topic() = 'js:' || (select auth.uid()));
