"""Which names buckets and objects may have, and whether a bucket takes a type of file, by storage-api's rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from supabase_local.storage.errors import StorageError, invalid_bucket_name, invalid_key, invalid_mime_type

OBJECT_NAME = re.compile(r"[\w/!\-.*'() &$@=;:+,?]+", re.ASCII)
BUCKET_NAME = re.compile(r"[\w!\-.*'() &$@=;:+,?]{1,100}", re.ASCII)
MIME_TYPE = re.compile(r"[a-zA-Z0-9\-+.]+/([a-zA-Z0-9\-+.]+(;\s*charset=[a-zA-Z0-9\-]+)?|\*)")
LONGEST_NAME = 1024
"""Bytes of an object's name, S3's limit."""
LONGEST_MIME_TYPE = 1000
FOLDER_PLACEHOLDER = ".emptyFolderPlaceholder"
"""Last part of the object that keeps an empty folder visible: it has no bytes, and may lie in any bucket."""


def check_bucket_name(name: str) -> str:
    """Return the name. Raises InvalidBucketName."""
    if not BUCKET_NAME.fullmatch(name):
        raise invalid_bucket_name()
    return name


def check_object_name(name: str) -> str:
    """Return the name. Raises InvalidKey.

    Files never get their name from an object's. Dot segments are refused all the same, as the official clients do:
    whoever joins such a name to a path would leave the folder.
    """
    if not OBJECT_NAME.fullmatch(name) or {".", ".."} & set(name.split("/")):
        raise invalid_key(name)
    if len(name) > LONGEST_NAME:
        raise StorageError(400, "Your key is too long", "KeyTooLongError", "S3Error")
    return name


def check_mime_types(mime_types: Sequence[str]) -> None:
    """See that a bucket's list contains types such as ``image/png`` or ``image/*``. Raises InvalidMimeType."""
    for mime_type in mime_types:
        if mime_type != "*" and (len(mime_type) > LONGEST_MIME_TYPE or not MIME_TYPE.fullmatch(mime_type)):
            raise invalid_mime_type(mime_type)


def check_mime_type(mime_type: str, allowed: Sequence[str]) -> None:
    """See that a file's type is in the bucket's list; an empty list allows all. Raises InvalidMimeType."""
    kind, _, detail = mime_type.partition("/")
    wildcard = f"{kind}/*"
    if allowed and (not detail or not {mime_type, wildcard} & set(allowed)):
        raise invalid_mime_type(mime_type)


def is_folder_placeholder(name: str) -> bool:
    """Tell whether the object only keeps its folder visible."""
    return name.endswith(FOLDER_PLACEHOLDER)
