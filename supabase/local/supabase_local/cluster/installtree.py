"""A linked copy of a PostgreSQL installation that has what the original lacks: the extension uuid-ossp."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from supabase_local.cluster.binaries import Installation
from supabase_local.cluster.privileges import Identity

PROGRAMS = ("postgres", "initdb")
"""The server itself, and the program that makes its data folder; ``initdb`` looks for ``postgres`` beside it."""


def usable_installation(original: Installation, folder: Path, identity: Identity) -> Installation:
    """Return an installation that the server's account can run and that has uuid-ossp.

    That is ``original`` when it has both, else a tree inside ``folder``, made anew at each start (some 60 links, so
    an upgraded original is followed). PostgreSQL finds its share folder relative to the real path of its programs;
    these are therefore hard links or copies, and everything else symbolic links. An account that cannot reach the
    original gets copies of everything.
    """
    reachable = identity.user is None or _can_run(original, identity)
    if reachable and original.has_extension("uuid-ossp"):
        return original
    tree = folder / "installation"
    shutil.rmtree(tree, ignore_errors=not tree.exists())
    common = Path(os.path.commonpath([original.programs, original.libraries, original.share]))
    programs, libraries, share = (
        tree / part.relative_to(common) for part in (original.programs, original.libraries, original.share)
    )
    copy = Installation(programs, libraries, share, original.major)
    _build(original, copy, _symlink if reachable else _copy)
    return copy


def _build(original: Installation, copy: Installation, place: Callable[[Path, Path], None]) -> None:
    copy.programs.mkdir(parents=True)
    for program in PROGRAMS:
        (_hard_link if place is _symlink else _copy)(original.programs / program, copy.programs / program)
    copy.libraries.parent.mkdir(parents=True, exist_ok=True)
    place(original.libraries, copy.libraries)
    (copy.share / "extension").mkdir(parents=True)
    for entry in original.share.iterdir():
        if entry.name != "extension":
            place(entry, copy.share / entry.name)
    for entry in (original.share / "extension").iterdir():
        place(entry, copy.share / "extension" / entry.name)
    if not original.has_extension("uuid-ossp"):
        _add_uuid_ossp(copy.share / "extension")


def _add_uuid_ossp(folder: Path) -> None:
    for file in (resources.files("supabase_local.cluster") / "share").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())


def _can_run(installation: Installation, identity: Identity) -> bool:
    command = identity.command(installation.programs / "postgres", "--version")
    try:
        return subprocess.run(command, check=False, capture_output=True, **identity.process_options()).returncode == 0
    except PermissionError:
        return False


def _symlink(source: Path, target: Path) -> None:
    target.symlink_to(source)


def _hard_link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another file system, or one without hard links
        shutil.copy2(source, target)


def _copy(source: Path, target: Path) -> None:
    """Copy with permissions widened to everybody's reading: the original may have been installed under umask 077."""
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
    for path in (target, *target.rglob("*")):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644))
