"""A Supabase project folder as the official CLI lays it out: ``config.toml``, ``migrations/``, ``seed.sql``."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from supabase_local.context import Project
from supabase_local.errors import StackError

ENVIRONMENT_REFERENCE = re.compile(r"env\((\w+)\)")


def read_project(directory: Path) -> Project:
    """Read the project in ``directory``, which holds ``config.toml`` itself or in a folder named ``supabase``.

    Raises StackError when there is no project or its ``config.toml`` is not valid TOML.
    """
    for candidate in (directory, directory / "supabase"):
        path = candidate / "config.toml"
        if path.is_file():
            return Project(candidate.resolve(), _read_config(path))
    raise StackError(f"{directory} is no Supabase project: it has no config.toml. Give its folder with --project.")


def _read_config(path: Path) -> dict[str, Any]:
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StackError(f"{path} is not valid TOML: {error}") from error
    return {name: _resolve(value, f"SUPABASE_{name}") for name, value in config.items()}


def _resolve(value: Any, variable: str) -> Any:
    """Complete ``value`` from the environment, everywhere in it.

    ``env(NAME)`` is replaced by that variable; an unset one stays as written, as in the CLI. As with the CLI, every
    single setting can also be overridden: ``SUPABASE_AUTH_JWT_EXPIRY`` for ``auth.jwt_expiry``.
    """
    if isinstance(value, dict):
        return {name: _resolve(item, f"{variable}_{name}") for name, item in value.items()}
    if isinstance(value, list):
        return [_resolve(item, "") for item in value]
    if (override := os.environ.get(variable.upper())) is not None:
        return override == "true" if isinstance(value, bool) else type(value)(override)
    if isinstance(value, str) and (reference := ENVIRONMENT_REFERENCE.fullmatch(value)):
        return os.environ.get(reference[1]) or value
    return value
