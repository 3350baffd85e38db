"""Whether the service's own log-ins work, by the connection strings that it would use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import psycopg

from scripts.project.findings import Finding, compared
from scripts.stack.roles import POOLER, ROLES, TRANSACTION_PORT


def check_logins(settings: Mapping[str, str]) -> Iterator[Finding]:
    """Log in as each role whose setting is given (setting -> connection string)."""
    for role, setting in ROLES.items():
        url = settings.get(setting, "")
        if not url:
            yield Finding("warn", f"{role} can log in: not tried", f"Set {setting} (./scripts/create-roles prints it).")
            continue
        yield _login(role, setting, url)
        yield from _pooler_mode(role, setting, url)


def _login(role: str, setting: str, url: str) -> Finding:
    title = f"{role} can log in at {urlsplit(url).hostname}"
    try:
        with psycopg.connect(url, connect_timeout=10, prepare_threshold=None) as connection:
            row = connection.execute("select current_user::text").fetchone()
    except psycopg.Error as problem:
        return Finding(
            "fail", f"{title}: {str(problem).strip()}", f"Run ./scripts/create-roles, and set {setting} to it."
        )
    return compared(title, good=row == (role,), advice=f"{setting} logs in as {row[0] if row else 'nobody'}.")


def _pooler_mode(role: str, setting: str, url: str) -> Iterator[Finding]:
    """On the hosted pooler the worker, which listens, needs session mode; the others should hold no sessions."""
    parts = urlsplit(url)
    if not (parts.hostname or "").endswith(POOLER):
        return
    in_transactions = parts.port == TRANSACTION_PORT
    if role == "fieldlite_worker":
        yield compared("the worker holds a session", good=not in_transactions, advice=f"Use port 5432 in {setting}.")
    elif not in_transactions:
        advice = f"Use port {TRANSACTION_PORT} in {setting}: sessions of the pooler are few."
        yield Finding("warn", f"{role} uses the pooler's sessions", advice)
