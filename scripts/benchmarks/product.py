"""The product as it runs in production, started for one measurement: gunicorn, worker, Supabase, sandbox."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.stack.layout import ROOT, SHARED


@dataclass(frozen=True)
class Product:
    """Where the running product is."""

    supabase_url: str
    publishable_key: str
    secret_key: str
    service_url: str
    database_url: str
    """Logs in as ``postgres``."""
    settings: Mapping[str, str]
    """The service's ``FIELDLITE_*`` settings."""


@contextmanager
def running_product() -> Iterator[Product]:
    """Start the product with a state folder of its own on free ports; stop it and delete the folder afterwards."""
    SHARED.mkdir(exist_ok=True)
    state = Path(tempfile.mkdtemp(prefix="bench-", dir=SHARED))
    options = ("--detach", "--json", "--free-ports", "--without", "web", "--until-exit-of", str(os.getpid()))
    try:
        status = json.loads(dev(state, *options))
        settings = json.loads((state / "settings.json").read_text())
        names = ("supabase_url", "publishable_key", "secret_key", "service_url", "database_url")
        yield Product(**{name: status[name] for name in names}, settings=settings)
    finally:
        dev(state, "stop")
        shutil.rmtree(state)


def dev(state: Path, *arguments: str) -> str:
    """Run ``scripts/dev`` on a state folder; what it says while it works goes to the terminal."""
    command = [str(ROOT / "scripts" / "dev"), *arguments, "--state", str(state)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
