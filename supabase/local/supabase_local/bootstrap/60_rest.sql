-- The Data API keeps a cache of the schema. It is told of every change by a notification on the channel `pgrst`, which
-- people may also send by hand (`notify pgrst, 'reload schema'`), as on hosted Supabase.
--
-- A notification is delivered when its transaction commits, and only once however often it was asked for.

create function extensions.pgrst_ddl_watch() returns event_trigger
language plpgsql
set search_path = ''
as $$
begin
    -- Temporary objects belong to one session and are in nobody's API.
    if exists (
        select from pg_catalog.pg_event_trigger_ddl_commands() as command
        where command.schema_name is distinct from 'pg_temp'
            and command.command_tag not in ('GRANT', 'REVOKE', 'CREATE INDEX', 'REINDEX')
    ) then
        notify pgrst, 'reload schema';
    end if;
end
$$;

create function extensions.pgrst_drop_watch() returns event_trigger
language plpgsql
set search_path = ''
as $$
begin
    if exists (select from pg_catalog.pg_event_trigger_dropped_objects() as dropped where not dropped.is_temporary) then
        notify pgrst, 'reload schema';
    end if;
end
$$;

create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_drop_watch();
