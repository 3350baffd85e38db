"""A Supabase project folder as the official CLI lays it out: ``config.toml``, ``migrations/``, ``seed.sql``."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supabase_local.errors import StackError

ENVIRONMENT_REFERENCE = re.compile(r"env\((\w+)\)")


@dataclass(frozen=True)
class Project:
    """A Supabase project folder: the official ``config.toml`` as read, and where its migrations and seed lie."""

    directory: Path
    """The folder that contains ``config.toml``, ``migrations/`` and ``seed.sql``."""
    config: dict[str, Any]

    def setting(self, path: str, default: Any) -> Any:
        """Return the value at a dotted path of ``config.toml`` (``auth.jwt_expiry``), or the CLI's default."""
        node: Any = self.config
        for name in path.split("."):
            if not isinstance(node, dict) or name not in node:
                return default
            node = node[name]
        return node

    def mail_setting(self, name: str, default: Any) -> Any:
        """Return a setting of the mailbox: ``[local_smtp]``, which version 3 of the CLI renamed from ``[inbucket]``."""
        return self.setting(f"local_smtp.{name}", self.setting(f"inbucket.{name}", default))


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
        return _typed(override, value, variable.upper())
    if isinstance(value, str) and (reference := ENVIRONMENT_REFERENCE.fullmatch(value)):
        return os.environ.get(reference[1]) or value
    return value


def _typed(text: str, replaced: Any, variable: str) -> Any:
    """Return an override as the type of the setting that it replaces."""
    try:
        return text == "true" if isinstance(replaced, bool) else type(replaced)(text)
    except ValueError as error:
        raise StackError(f"{variable} must be a value like {replaced!r}, not {text!r}.") from error
