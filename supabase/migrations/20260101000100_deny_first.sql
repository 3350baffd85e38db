-- Why: hosted Supabase grants every new table and function of schema public to anon, authenticated and service_role, and
-- PostgreSQL lets everybody execute every new function. We turn that round before the first object exists: nothing is
-- reachable until a migration grants it by name.

-- Default rights. Execution for everybody is a global default, so it is revoked without "in schema" (that form would do
-- nothing); Supabase's own grants are defaults of schema public, so they are revoked there.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

create extension if not exists pgcrypto with schema extensions;

-- Schemas. Only public is exposed by the Data API.
create schema private;
comment on schema private is 'Predicates, triggers and definer functions that policies and public wrappers use; not exposed.';
create schema backend;
comment on schema backend is 'The functions that the service, webhooks and worker may call; not exposed.';
create schema background;
comment on schema background is 'The task queue (procrastinate); private.defer() is the only way in.';

-- The service's log-ins: no table of ours is granted to them, only functions of schema backend. Roles belong to the whole
-- cluster, so another database of it may have made them already. scripts/create-roles sets their passwords.
do $$
declare
  login text;
begin
  foreach login in array array['fieldlite_webhook', 'fieldlite_portal', 'fieldlite_worker'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = login) then
      execute format('create role %I login noinherit nobypassrls', login);
    end if;
  end loop;
end
$$;

alter role fieldlite_webhook set statement_timeout = '8s';
alter role fieldlite_portal set statement_timeout = '8s';
alter role fieldlite_worker set statement_timeout = '60s';
-- The queue's own statements are unqualified.
alter role fieldlite_worker set search_path = background, pg_temp;

grant usage on schema private to authenticated;
grant usage on schema backend to fieldlite_webhook, fieldlite_portal, fieldlite_worker;
grant usage on schema background to fieldlite_worker;
