"""As whom PostgreSQL runs. It refuses to run as root, so a stack that root starts gives its server another identity."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase_local.errors import StackError

UNPRIVILEGED_USER = "nobody"
SYSTEM_STATE = Path("/var/lib")


@dataclass(frozen=True)
class Identity:
    """How the server's processes are started so that they do not run as root."""

    prefix: tuple[str, ...] = ()
    """Command that starts the real one: root's user namespace."""
    user: pwd.struct_passwd | None = None
    """The other account that the processes switch to, where a user namespace is refused."""

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the full command line for a program of PostgreSQL."""
        return [*self.prefix, *(str(argument) for argument in arguments)]

    def process_options(self) -> dict[str, Any]:
        """Return the keyword arguments for ``subprocess`` that switch the account, if it must be switched."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    @property
    def owner(self) -> int:
        """The user id, as seen from here, that owns the server's files."""
        return os.geteuid() if self.user is None else self.user.pw_uid

    def give(self, path: Path) -> None:
        """Make ``path`` belong to the server's account."""
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def can_write(self, folder: Path) -> bool:
        """Whether the server's account reaches and may write ``folder`` (permissions of all parents count)."""
        probe = self.command("/bin/sh", "-c", 'test -w "$1" && test -x "$1"', "sh", folder)
        return subprocess.run(probe, check=False, **self.process_options()).returncode == 0


def choose_identity() -> Identity:
    """Return how to start the server: plainly, in a user namespace, or as the system's unprivileged user.

    Inside the namespace the server is an ordinary user; outside, its files still belong to root. So it works in a
    folder that only root can read.
    """
    if os.geteuid() != 0:
        return Identity()
    user = pwd.getpwnam(UNPRIVILEGED_USER)
    namespace = ("unshare", "--user", f"--map-user={user.pw_uid}", "--")
    return Identity(prefix=namespace) if _works(namespace) else Identity(user=user)


def server_folder(data_directory: Path, identity: Identity) -> Path:
    """Create and return the folder for the server's files: inside the data folder, or where the account can reach.

    The other place is remembered as a symbolic link in the data folder.
    """
    inside = data_directory / "postgres"
    if identity.user is None or inside.is_symlink():
        folder = inside.resolve()
    else:
        inside.mkdir(exist_ok=True)
        identity.give(inside)
        if identity.can_write(inside):
            return inside
        inside.rmdir()
        folder = _reachable_folder(data_directory)
        inside.symlink_to(folder)
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    identity.give(folder)
    return folder


def check_owner(data: Path, identity: Identity) -> None:
    """Raise StackError when PostgreSQL's data folder belongs to another account: the server would refuse it."""
    if data.exists() and (owner := data.stat().st_uid) != identity.owner:
        raise StackError(
            f"The database in {data} belongs to the user id {owner}. Start the stack as that user, "
            "or run the command `reset` to make the database anew (its data is lost)."
        )


def remove_server_folder(data_directory: Path) -> None:
    """Delete the server's files, wherever they are."""
    inside = data_directory / "postgres"
    shutil.rmtree(inside.resolve(), ignore_errors=not inside.exists())
    if inside.is_symlink():
        inside.unlink()


def _works(prefix: tuple[str, ...]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def _reachable_folder(data_directory: Path) -> Path:
    """Name a folder outside of the data folder's parents; one a data folder, found again by its path."""
    base = SYSTEM_STATE if os.access(SYSTEM_STATE, os.W_OK) else Path(tempfile.gettempdir())
    return base / "supabase-local" / hashlib.sha256(str(data_directory).encode()).hexdigest()[:16]
