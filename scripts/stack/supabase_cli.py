"""The official Supabase CLI: installed from the npm lock of ``scripts/``, run on this project's folder."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping

from scripts.stack import machine, web
from scripts.stack.console import StackError
from scripts.stack.layout import ROOT, SCRIPTS

BUNDLED = SCRIPTS / "node_modules" / "@supabase" / "cli-linux-x64" / "bin" / "supabase"
"""The program itself. The package ``supabase`` around it only chooses among the builds for other systems."""


def command(*arguments: str) -> list[str]:
    """Return the command that runs the CLI on this project, installing it first when it is missing."""
    return [program(), *arguments, "--workdir", str(ROOT)]


def program() -> str:
    """Install and name the locked build, or name the machine's own where that build does not run."""
    if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        machine.require_node()
        web.install_packages(SCRIPTS)
        return str(BUNDLED)
    own = shutil.which("supabase")
    if own is None:
        raise StackError(
            "Install the Supabase CLI 3.1 or newer (supabase.com/docs/guides/cli) and put it on your PATH."
        )
    return own


def run(*arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run the CLI in the foreground, with further variables, and return its exit code."""
    variables = base_environment() | dict(environment or {})
    return subprocess.run(command(*arguments), env=variables, check=False).returncode


def output(*arguments: str) -> str:
    """Run the CLI on a database of this machine and return what it printed; raise StackError when it fails."""
    local = base_environment() | {"PGSSLMODE": "disable"}
    done = subprocess.run(command(*arguments), env=local, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise StackError(f"`supabase {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def base_environment() -> dict[str, str]:
    """Return the CLI's environment: it tells its maker nothing about this, and warns of no variable that is not set."""
    quiet = {"DO_NOT_TRACK": "1", "SUPABASE_TELEMETRY_DISABLED": "1"}
    return {"FIELDLITE_PUBLIC_URL": "http://127.0.0.1:8000"} | os.environ | quiet
