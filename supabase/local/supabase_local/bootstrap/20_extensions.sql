-- Why: these extensions are there on every hosted project, so that `create extension if not exists` changes nothing.
-- `postgres` may add others that PostgreSQL marks as trusted (btree_gist, citext, pg_trgm, unaccent, ...).

create extension pgcrypto with schema extensions;
create extension "uuid-ossp" with schema extensions;
create extension pg_stat_statements with schema extensions;

grant execute on all functions in schema extensions to postgres, anon, authenticated, service_role, dashboard_user;
