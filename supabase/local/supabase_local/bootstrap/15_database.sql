-- Why: the database as a new hosted project finds it: owned by `postgres`, extensions in a schema of their own on the
-- search path, and everything that `postgres` makes in `public` open to the request roles, so that row level security
-- (or a migration that revokes these defaults) decides.

alter database postgres owner to postgres;
alter database postgres set search_path to "$user", public, extensions;
grant all on database postgres to dashboard_user;
grant create on database postgres to supabase_auth_admin, supabase_storage_admin;

create schema extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role;
grant all on schema extensions to dashboard_user;

grant usage on schema public to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
  grant all on sequences to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
  grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
  grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
  grant all on sequences to postgres, anon, authenticated, service_role;

-- Named in the CLI's default list of exposed schemas; empty here, as GraphQL is not part of the embedded Supabase.
create schema graphql_public authorization postgres;
grant usage on schema graphql_public to anon, authenticated, service_role;
