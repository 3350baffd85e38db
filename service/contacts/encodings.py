"""How a file of text is encoded, told from its bytes: people do not know, and their programs do not say."""

from __future__ import annotations

import codecs
from typing import BinaryIO

UTF_8 = "utf-8"
UTF_16 = "utf-16"
WINDOWS_1252 = "windows-1252"
"""What spreadsheets of western countries write when they do not write Unicode. Every file can be read as this."""

_SAMPLE_BYTES = 4096
_CHUNK_BYTES = 256 * 1024
_NUL_SHARE = 0.1
"""Text in UTF-16 that has any ASCII in it (a table has: its delimiters) is full of zero bytes; other text has none."""


def detect_encoding(file: BinaryIO) -> str:
    """Return the Python codec that reads `file`, which is left at its beginning."""
    file.seek(0)
    head = file.read(_SAMPLE_BYTES)
    file.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF_16
    if head.count(0) > len(head) * _NUL_SHARE:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return UTF_8 if _is_utf_8(file) else WINDOWS_1252


def codec_for_reading(encoding: str) -> str:
    """The codec that also drops a byte order mark where `detect_encoding` found the encoding."""
    return "utf-8-sig" if encoding == UTF_8 else encoding


def _is_utf_8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder(UTF_8)()
    try:
        while chunk := file.read(_CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True
