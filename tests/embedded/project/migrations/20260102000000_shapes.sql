-- Why: statements that a naive splitter would cut in the wrong place, and the extension that migrations ask for most.
create extension if not exists "uuid-ossp";
create extension if not exists citext;

create function public.half(number integer) returns integer language plpgsql as $body$
begin
  -- a semicolon; in a comment, and one in a string: ';'
  return number / 2;
end;
$body$;

create function public.sign_word(number integer) returns text
language sql immutable
begin atomic
  select case when number < 0 then 'minus;' else 'plus' end;
end;

create table public.shapes (
  id uuid primary key default extensions.uuid_generate_v4(),
  "na;me" citext not null
);
alter table public.shapes enable row level security;
