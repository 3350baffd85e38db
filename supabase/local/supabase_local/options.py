"""What a person can choose at start: the project, the data folder and the ports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from supabase_local.project import Project

Announce = Callable[[str], None]
"""How progress is told to the person who waits."""

HOST = "127.0.0.1"
"""The only address that anything listens on: the keys and passwords are published demo values."""


@dataclass(frozen=True)
class Ports:
    """The TCP ports of the stack, all on loopback."""

    api: int
    database: int
    mailbox: int
    smtp: int


@dataclass(frozen=True)
class Options:
    """One stack: which project it runs, where its data lies, on which ports it listens."""

    project: Project
    data: Path
    """Absolute path of the data folder; everything that the stack writes is in it."""
    ports: Ports
    until_exit_of: int | None = None
    """The process with which the stack ends, however that one ends; None when it has to be stopped."""

    @property
    def api_url(self) -> str:
        """The base URL for clients."""
        return f"http://{HOST}:{self.ports.api}"

    @property
    def mailbox_url(self) -> str:
        """The page that shows caught e-mail."""
        return f"http://{HOST}:{self.ports.mailbox}"

    @property
    def smtp_url(self) -> str:
        """Where programs send e-mail for the mailbox to catch."""
        return f"smtp://{HOST}:{self.ports.smtp}"

    def dsn(self, role: str) -> str:
        """A connection string for one of the database's roles."""
        return f"postgresql://{role}:postgres@{HOST}:{self.ports.database}/postgres"


def choose_options(
    project: Project,
    data: Path | None,
    *,
    api_port: int | None = None,
    database_port: int | None = None,
    mailbox_port: int | None = None,
    smtp_port: int | None = None,
    until_exit_of: int | None = None,
) -> Options:
    """Complete what was given on the command line from ``config.toml`` and the CLI's defaults."""
    return Options(
        project,
        (data or project.directory / ".temp" / "local").resolve(),
        Ports(
            api_port or int(project.setting("api.port", 54321)),
            database_port or int(project.setting("db.port", 54322)),
            mailbox_port or int(project.mail_setting("port", 54324)),
            smtp_port or int(project.mail_setting("smtp_port", 54325)),
        ),
        until_exit_of,
    )
