"""The PostgreSQL server as a child process: made, started, watched, restarted when it dies, stopped."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

from supabase_local.cluster.binaries import Installation
from supabase_local.cluster.privileges import Identity
from supabase_local.cluster.processes import FAST_SHUTDOWN, SHUTDOWN_SECONDS, end_server_in
from supabase_local.cluster.settings import write_settings
from supabase_local.errors import StackError

SUPERUSER = "supabase_admin"
PASSWORD = "postgres"  # noqa: S105 (the official CLI's local password, for every role)
START_SECONDS = 60.0
"""Crash recovery replays at most ``max_wal_size`` (1 GB); that fits on any disk of this decade."""
STATUS_LINE = 7
"""Index of the line of ``postmaster.pid`` that says ``ready`` once connections are accepted."""

log = logging.getLogger("supabase_local.postgres")


class PostgresServer:
    """One server process on one data folder; at most one, which the stack's lock ensures."""

    def __init__(self, installation: Installation, identity: Identity, folder: Path, port: int, log_file: Path) -> None:
        self._installation = installation
        self._identity = identity
        self.data = folder / "data"
        self._port = port
        self._log_file = log_file
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self.accepts_connections = False

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    def create_data_folder(self) -> None:
        """Make a new, empty database cluster, replacing what is there. Raises StackError when ``initdb`` fails."""
        shutil.rmtree(self.data, ignore_errors=not self.data.exists())
        password_file = self.data.parent / "password"
        password_file.write_text(PASSWORD)
        self._identity.give(password_file)
        command = self._identity.command(self._installation.programs / "initdb", *self._initdb_options(password_file))
        result = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=self.data.parent,
            **self._identity.process_options(),
        )
        password_file.unlink()
        if result.returncode != 0:
            raise StackError(f"PostgreSQL's initdb failed:\n{result.stderr.strip()}")

    async def start(self) -> None:
        """Start the server and return when it accepts connections. Raises StackError with the end of its log."""
        await asyncio.to_thread(end_server_in, self.data)
        write_settings(self.data, self._port)
        self._stopping = False
        with self._log_file.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._identity.command(self._installation.programs / "postgres", "-D", self.data),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.data.parent,
                start_new_session=True,  # Ctrl-C is for us: we stop the server after the connections to it
                **self._identity.process_options(),
            )
        try:
            await self._wait_until_ready(self._process)
        except BaseException:
            await self.stop()
            raise
        self.accepts_connections = True

    async def watch(self, recovered: Callable[[], Awaitable[None]]) -> None:
        """Restart the server whenever it dies, then call ``recovered``; return when it was stopped on purpose."""
        while self._process is not None:
            code = await self._process.wait()
            self.accepts_connections = False
            if self._stopping:
                return
            log.warning("PostgreSQL ended unexpectedly (%s), starting it again", _describe_exit(code))
            await self.start()
            await recovered()

    async def stop(self) -> None:
        """Stop the server: a fast shutdown, and an immediate one when that takes too long."""
        self._stopping = True
        self.accepts_connections = False
        if self._process is None or self._process.returncode is not None:
            return
        self._process.send_signal(FAST_SHUTDOWN)
        try:
            await asyncio.wait_for(self._process.wait(), SHUTDOWN_SECONDS)
        except TimeoutError:
            self._process.send_signal(signal.SIGQUIT)
            await self._process.wait()

    def _initdb_options(self, password_file: Path) -> list[str]:
        """Unicode, compared by code point (the wheel has no ICU). Not synced: an interrupted creation starts over."""
        options = [f"--pgdata={self.data}", f"--username={SUPERUSER}", f"--pwfile={password_file}"]
        options += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions", "--no-sync"]
        if self._installation.major >= 17:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return options

    async def _wait_until_ready(self, process: asyncio.subprocess.Process) -> None:
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while process.returncode is None and asyncio.get_running_loop().time() < deadline:
            if self._says_ready(process.pid):
                return
            await asyncio.sleep(0.01)
        raise StackError(f"PostgreSQL did not start. The end of {self._log_file}:\n{log_tail(self._log_file)}")

    def _says_ready(self, pid: int) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > STATUS_LINE and lines[0] == str(pid) and lines[STATUS_LINE].strip() == "ready"


def log_tail(file: Path, lines: int = 12) -> str:
    """Return the last lines of a log file."""
    if not file.exists():
        return "(the log is empty)"
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:])


def _describe_exit(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
