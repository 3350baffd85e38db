"""The fields of a request as Twilio sent them, read from the raw bytes.

Twilio writes UTF-8. Bytes that are none are read in each way that a sender may have meant, and the signature tells
which it was: a request that we cannot spell as its sender did must not be lost for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

Form = MultiDict[str, str]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What a Postgres text or jsonb cannot hold: NUL, and halves of surrogate pairs."""


def readings(raw: bytes) -> Iterator[Form]:
    """Every way to read an urlencoded form: as UTF-8 and, where the bytes are not valid UTF-8, as Latin-1 too."""
    # Latin-1 maps each byte to one character and back, so this is a parse of bytes whatever they are.
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    octets = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    yield _decode(octets, "utf-8")
    if not all(_is_utf8(name) and _is_utf8(value) for name, value in octets):
        yield _decode(octets, "latin-1")


def clean(text: str) -> str:
    """The text without what the database cannot hold."""
    return _UNSTORABLE.sub("", text)


def _decode(octets: list[tuple[bytes, bytes]], encoding: str) -> Form:
    return MultiDict((name.decode(encoding, "replace"), value.decode(encoding, "replace")) for name, value in octets)


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
