"""Installs and builds the web client, when what it is made from has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.stack import stamps
from scripts.stack.console import StackError, step
from scripts.stack.layout import SHARED, WEB

GENERATED = {"node_modules", "dist", "coverage"}
"""Folders of ``web/`` that are made, not written."""


def install_packages(folder: Path) -> None:
    """Run ``npm ci`` in a folder with a lock, unless that lock is what was installed last."""
    name = f"npm-{folder.name}"
    with stamps.only_one(name):
        digest = stamps.digest_of([folder / "package-lock.json"], folder)
        if stamps.is_current(name, digest) and (folder / "node_modules").is_dir():
            return
        step(f"installing the npm packages of {folder.name}/ (a minute or so the first time)")
        npm(folder, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamps.write(name, digest)


def build() -> None:
    """Build the web client into ``web/dist``, unless it was built from these sources last."""
    with stamps.only_one("web-build"):
        digest = stamps.digest_of(sources(), WEB)
        if stamps.is_current("web-build", digest) and (WEB / "dist" / "index.html").exists():
            return
        step("building the web client")
        fresh = SHARED / "web-build"
        npm(WEB, "run", "--silent", "build", "--", "--outDir", str(fresh), "--emptyOutDir")
        put_in_place(fresh, WEB / "dist")
        stamps.write("web-build", digest)


def put_in_place(fresh: Path, target: Path) -> None:
    """Exchange a folder in two renames: a service that serves it meanwhile never sees half of a build."""
    old = fresh.with_suffix(".old")
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def sources() -> Iterator[Path]:
    """Yield every file that a build reads, tests included: telling them apart would cost more than it saves."""
    for folder, names, files in os.walk(WEB):
        names[:] = [name for name in names if name not in GENERATED]
        yield from (Path(folder) / name for name in files)


def npm(folder: Path, *arguments: str) -> None:
    """Run npm, showing its output only when it fails."""
    done = subprocess.run(
        ["npm", *arguments],
        cwd=folder, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    if done.returncode != 0:
        # npm's usage text follows its message; the message is what helps.
        message = "\n".join(done.stdout.strip().splitlines()[:25])
        raise StackError(f"{message}\n\n`npm {' '.join(arguments)}` failed in {folder.name}/.")
