-- Why: a project's SQL names the roles of hosted Supabase and relies on what each may do. These are the same names,
-- attributes, memberships and time limits. Every role that logs in has the local password `postgres`.

-- The superuser is supabase_admin (made by initdb). `postgres`, which runs migrations, is none, as on hosted.
create role postgres login createdb createrole replication bypassrls password 'postgres';

-- What a request may be: the gateway's key or the caller's token decides.
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;

-- REST logs in as this and switches to one of the three for each request.
create role authenticator login noinherit password 'postgres';
grant anon, authenticated, service_role to authenticator;

-- One owner for each service's schema.
create role supabase_auth_admin login noinherit createrole password 'postgres';
create role supabase_storage_admin login noinherit createrole password 'postgres';
create role supabase_realtime_admin nologin noinherit;
create role supabase_replication_admin login replication password 'postgres';
create role supabase_etl_admin login replication password 'postgres';
create role supabase_read_only_user login bypassrls password 'postgres';
create role dashboard_user nologin createdb createrole replication;
create role pgbouncer login password 'postgres';
grant pg_read_all_data to supabase_read_only_user;
grant pg_read_all_data, pg_monitor to supabase_etl_admin;

-- `postgres` may act as the request roles and hand them on, and reads and watches everything.
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant pg_read_all_data, pg_monitor, pg_signal_backend to postgres with admin option;

-- Hosted lets `postgres` switch triggers off for a load or a wholesale deletion (supautils, privileged_role_allowed_configs).
grant set on parameter session_replication_role to postgres;

-- Hosted lets `postgres` write policies on storage.objects and realtime.messages through an extension that is not
-- free-standing (supautils). Membership in the owning roles has the same effect.
grant supabase_storage_admin, supabase_realtime_admin to postgres;

alter role supabase_admin set search_path to "$user", public, auth, extensions;
alter role postgres set search_path to "$user", public, extensions;
alter role supabase_auth_admin set search_path to auth;
alter role supabase_auth_admin set idle_in_transaction_session_timeout to 60000;
alter role supabase_storage_admin set search_path to storage;

-- No request may hold a connection for long.
alter role anon set statement_timeout to '3s';
alter role authenticated set statement_timeout to '8s';
alter role authenticator set statement_timeout to '8s';
alter role authenticator set lock_timeout to '8s';
