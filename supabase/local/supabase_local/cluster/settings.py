"""The server's configuration files, written anew at each start so that every data folder has the current ones."""

from __future__ import annotations

from pathlib import Path

SETTINGS = {
    # Loopback only, TCP only: a socket's path could exceed the 107 bytes that the kernel allows.
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    # As hosted: Realtime reads changes from logical replication slots.
    "wal_level": "logical",
    "max_replication_slots": "10",
    "max_wal_senders": "10",
    # A slot whose reader died must not fill the disk.
    "max_slot_wal_keep_size": "1GB",
    "max_connections": "200",
    # Never off: tests kill the server and expect every acknowledged row to be there afterwards.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Sized for a developer's machine with two cores beside a browser.
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "64MB",
    "work_mem": "4MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    # Compiling expressions costs more than it saves on a developer's data.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u ",
}

HOST_ACCESS = """\
# Every role needs its password, also on loopback: other users of the machine reach it too.
host all         all 127.0.0.1/32 scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
"""


def write_settings(data: Path, port: int) -> None:
    """Write ``postgresql.conf`` and ``pg_hba.conf`` of the data folder ``data`` for a server on ``port``."""
    lines = [f"{name} = '{value}'\n" for name, value in {**SETTINGS, "port": str(port)}.items()]
    (data / "postgresql.conf").write_text("# Written by supabase_local at each start.\n" + "".join(lines))
    (data / "pg_hba.conf").write_text(HOST_ACCESS)
