"""The stack's database from nothing to ready: server, bootstrap, migrations, seed."""

from __future__ import annotations

from supabase_local.cluster.binaries import find_installation
from supabase_local.cluster.bootstrap import bootstrap, is_bootstrapped
from supabase_local.cluster.installtree import usable_installation
from supabase_local.cluster.privileges import check_owner, choose_identity, server_folder
from supabase_local.cluster.processes import end_server_in
from supabase_local.cluster.server import SUPERUSER, PostgresServer
from supabase_local.migrate import migrate, seed
from supabase_local.options import Announce, Options
from supabase_local.ports import listen
from supabase_local.storage.buckets import declare_buckets

SEEDED = "supabase_local.seeded"
"""File in PostgreSQL's data folder; written when the seed ran, so that a failed first start seeds at the next one."""


async def start_database(options: Options, announce: Announce) -> PostgresServer:
    """Start PostgreSQL with everything that the project needs in it. Raises StackError, with the server stopped."""
    server = _prepare_server(options)
    end_server_in(server.data)  # one whose supervisor was killed may still run there
    with listen(options.ports.database, "database", "--db-port"):
        pass  # only a check: PostgreSQL takes its port itself
    is_new = not is_bootstrapped(server.data)
    if is_new:
        announce("Creating the database")
        server.create_data_folder()
    await server.start()
    try:
        await _fill(options, server, is_new, announce)
    except BaseException:
        await server.stop()
        raise
    return server


def _prepare_server(options: Options) -> PostgresServer:
    identity = choose_identity()
    folder = server_folder(options.data, identity)
    check_owner(folder / "data", identity)
    installation = usable_installation(find_installation(), folder, identity)
    log_file = options.data / "logs" / "postgres.log"
    return PostgresServer(installation, identity, folder, options.ports.database, log_file)


async def _fill(options: Options, server: PostgresServer, is_new: bool, announce: Announce) -> None:
    if is_new:
        await bootstrap(server, options.dsn(SUPERUSER))
    await migrate(options.project, options.dsn("postgres"), announce)
    seeded = server.data / SEEDED
    if not seeded.exists():
        await seed(options.project, options.dsn("postgres"), announce)
        seeded.touch()
    await declare_buckets(options.project, options.dsn("supabase_storage_admin"))
