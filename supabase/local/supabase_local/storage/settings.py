"""The sections ``[storage]`` and ``[storage.buckets.*]`` of ``config.toml``, with the CLI's defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from supabase_local.context import Project
from supabase_local.errors import StackError
from supabase_local.storage.names import BUCKET_NAME

DEFAULT_LIMIT = "50MiB"
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)
POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


@dataclass(frozen=True)
class DeclaredBucket:
    """A bucket that the configuration declares; it is made, or brought up to date, at each start."""

    id: str
    public: bool
    file_size_limit: int | None
    """Bytes; None leaves the project's limit."""
    allowed_mime_types: list[str] | None


@dataclass(frozen=True)
class StorageSettings:
    """What the configuration says about Storage."""

    enabled: bool
    file_size_limit: int
    """Bytes that no object of any bucket exceeds."""
    buckets: tuple[DeclaredBucket, ...]


def read_settings(project: Project) -> StorageSettings:
    """Read the settings. Raises StackError for those that make no sense."""
    declared = project.setting("storage.buckets", {})
    try:
        return StorageSettings(
            enabled=bool(project.setting("storage.enabled", True)),
            file_size_limit=parse_size(project.setting("storage.file_size_limit", DEFAULT_LIMIT), "storage"),
            buckets=tuple(_bucket(name, values) for name, values in declared.items()),
        )
    except ValueError as error:
        raise StackError(f"{project.directory / 'config.toml'}: {error}") from error


def parse_size(value: Any, section: str) -> int:
    """Return bytes of a number, or of a text such as ``50MiB``; the CLI counts in powers of 1024. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not (match := SIZE.fullmatch(value.strip())):
        raise ValueError(f"{section}.file_size_limit must be a size such as 50MiB, not {value!r}")
    return int(float(match[1]) * 1024 ** POWERS[match[2].lower()])


def _bucket(name: str, values: Mapping[str, Any]) -> DeclaredBucket:
    section = f"storage.buckets.{name}"
    if not BUCKET_NAME.fullmatch(name):
        raise ValueError(f"{section}: no bucket can have this name")
    if values.get("objects_path"):
        raise ValueError(f"{section}.objects_path is not part of the embedded Supabase: upload the files instead")
    limit = values.get("file_size_limit")
    return DeclaredBucket(
        id=name,
        public=bool(values.get("public", False)),
        file_size_limit=None if limit is None else parse_size(limit, section),
        allowed_mime_types=values.get("allowed_mime_types") or None,
    )
