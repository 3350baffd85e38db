"""The ports of a stack: the official CLI's defaults, chosen ones, or free ones."""

from __future__ import annotations

import random
import socket
from dataclasses import dataclass, fields, replace

from scripts.stack.console import StackError

ADDRESS = "127.0.0.1"
UNCLAIMED = range(15_000, 32_000)
"""Below Linux's ephemeral range (32768 and up): no outgoing connection takes a port before its server does."""


@dataclass(frozen=True)
class Ports:
    """One port a server. Field names are the words of the options: ``--api-port``."""

    api: int = 54321
    database: int = 54322
    mailbox: int = 54324
    smtp: int = 54325
    web: int = 8000
    sandbox: int = 8010


LABELS = {
    "api": "Supabase's API",
    "database": "PostgreSQL",
    "mailbox": "the mailbox",
    "smtp": "the mailbox, for programs that send e-mail",
    "web": "the service and the web pages",
    "sandbox": "the provider sandbox",
}


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def with_free_ports(chosen: Ports, explicit: frozenset[str]) -> Ports:
    """Replace every port that was not chosen explicitly by a free one."""
    candidates = random.sample(UNCLAIMED, len(UNCLAIMED))
    free = (port for port in candidates if is_free(port))
    return replace(chosen, **{name: next(free) for name in LABELS if name not in explicit})


def require_free(ports: Ports) -> None:
    """Raise StackError naming every port that is taken, and the option that chooses another."""
    values = {field.name: getattr(ports, field.name) for field in fields(ports)}
    taken = {name: port for name, port in values.items() if not is_free(port)}
    if taken:
        lines = [f"  {port} ({LABELS[name]}): choose another with --{name}-port" for name, port in taken.items()]
        raise StackError("\n".join(["These ports are in use by something else:", *lines, "or use --free-ports."]))
