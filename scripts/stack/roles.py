"""Gives the service's three database logins their passwords and prints their connection strings.

The migrations create the roles without a password (roles belong to the whole cluster, and no secret belongs into a
migration); until this has run, nobody can log in as one of them.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROLES = {
    "fieldlite_webhook": "FIELDLITE_DATABASE_URL_WEBHOOK",
    "fieldlite_portal": "FIELDLITE_DATABASE_URL_PORTAL",
    "fieldlite_worker": "FIELDLITE_DATABASE_URL_WORKER",
}
"""Login -> the setting that holds its connection string."""

POOLER = ".pooler.supabase.com"
SESSION_PORT, TRANSACTION_PORT = 5432, 6543
"""Ports of hosted Supabase's pooler by mode."""


def set_passwords(database_url: str, passwords: Mapping[str, str]) -> None:
    """Set each role's password. Raises psycopg.errors.UndefinedObject when the migrations have not run."""
    with psycopg.connect(database_url) as connection:
        for role, password in passwords.items():
            # Hashed here, as psql's \password does: the password itself never reaches the server's log.
            verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
            connection.execute(
                sql.SQL("alter role {} with login password {}").format(sql.Identifier(role), sql.Literal(verifier))
            )


def connection_strings(database_url: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """Return setting -> connection string: ``database_url`` with the role's own name, password and pooler port."""
    parts = urlsplit(database_url)
    # Hosted Supabase's pooler names its tenant in the user (postgres.<project>); every role keeps that suffix.
    suffix = "".join((parts.username or "").partition(".")[1:])
    return {
        ROLES[role]: urlunsplit(
            parts._replace(netloc=f"{role}{suffix}:{quote(password, safe='')}@{place_for(role, parts)}")
        )
        for role, password in passwords.items()
    }


def place_for(role: str, parts: SplitResult) -> str:
    """Return ``host:port``. On Supabase's pooler the worker needs session mode, as it listens; the others do not."""
    place = parts.netloc.rpartition("@")[2]
    if not (parts.hostname or "").endswith(POOLER):
        return place
    return f"{parts.hostname}:{SESSION_PORT if role == 'fieldlite_worker' else TRANSACTION_PORT}"


def main() -> int:
    """``scripts/create-roles``: set fresh passwords and print the lines for ``.env``."""
    parser = argparse.ArgumentParser(
        prog="scripts/create-roles",
        description="Sets new random passwords for the service's database logins and prints the three settings that "
        "hold them. Running it again replaces the passwords: restart the service and the worker with the new ones.",
    )
    parser.add_argument(
        "--database-url",
        default=os.environ.get("SUPABASE_DB_URL"),
        help="the project's database, as role postgres (default: the environment's SUPABASE_DB_URL)",
    )
    url = parser.parse_args().database_url
    if not url:
        parser.error("name the project's database with --database-url or SUPABASE_DB_URL")
    passwords = {role: secrets.token_urlsafe(24) for role in ROLES}
    try:
        set_passwords(url, passwords)
    except psycopg.errors.UndefinedObject as problem:
        print(f"create-roles: {problem.diag.message_primary}. Run ./scripts/migrate first.", file=sys.stderr)
        return 1
    except psycopg.Error as problem:
        print(f"create-roles: {problem}", file=sys.stderr)
        return 1
    for setting, dsn in connection_strings(url, passwords).items():
        print(f"{setting}={dsn}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
