"""Multipart forms, read while they arrive: the fields before the file, then the file's bytes, never the whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from supabase_local.storage.errors import no_content, too_large

MOST_FIELDS = 10
LONGEST_FIELD = 1 << 20
"""Bytes of a field's value; metadata is the only long one."""
BINARY = "application/octet-stream"


@dataclass
class Part:
    """One part of a form: its headers by lower-case name, and a field's value as far as it has arrived."""

    headers: dict[str, str] = field(default_factory=dict)
    name: str = ""
    is_file: bool = False
    value: bytearray = field(default_factory=bytearray)

    @property
    def mime_type(self) -> str:
        """The type that the client gives the file, without parameters such as the charset."""
        kind, _ = parse_options_header(self.headers.get("content-type", BINARY))
        return kind.decode("latin-1") or BINARY


class Form:
    """A form with one file. Later parts than the file are read and ignored, as storage-api does."""

    def __init__(self, stream: AsyncIterator[bytes], content_type: str) -> None:
        _, options = parse_options_header(content_type)
        if not (boundary := options.get(b"boundary")):
            raise no_content()
        self._stream = stream
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._add_header_name,
                "on_header_value": self._add_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": self._add_data,
                "on_part_end": self._end_part,
            },
        )
        self._part = Part()
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._data = bytearray()
        self.fields: dict[str, str] = {}
        self.file: Part | None = None

    async def read_up_to_file(self) -> Part:
        """Return the file's part; the fields before it are in ``fields`` then. Raises InvalidRequest without a file."""
        while self.file is None:
            if not await self._feed():
                raise no_content()
        return self.file

    async def file_chunks(self) -> AsyncIterator[bytes]:
        """Give the file's bytes. Raises InvalidRequest when the form breaks off."""
        more = True
        while more:
            if self._data:
                yield bytes(self._data)
                self._data.clear()
            more = await self._feed()
        if self._part is self.file:
            raise no_content()

    async def _feed(self) -> bool:
        """Parse the next chunk; tell whether there was one."""
        async for chunk in self._stream:
            try:
                self._parser.write(chunk)
            except FormParserError as error:
                raise no_content() from error
            return True
        return False

    def _begin_part(self) -> None:
        self._part = Part()

    def _add_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _add_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        name = self._header_name.decode("latin-1").lower()
        self._part.headers[name] = self._header_value.decode("utf-8", "replace")
        self._header_name.clear()
        self._header_value.clear()

    def _end_headers(self) -> None:
        """Learn what the part is: a file has a file name, or the type of one."""
        _, options = parse_options_header(self._part.headers.get("content-disposition", ""))
        self._part.name = options.get(b"name", b"").decode("utf-8", "replace")
        is_file = b"filename" in options or self._part.headers.get("content-type", "").startswith(BINARY)
        if is_file and self.file is None:
            self._part.is_file = True
            self.file = self._part

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        if self._part.is_file:
            self._data += data[start:end]
        elif self.file is None:
            self._part.value += data[start:end]
            if len(self._part.value) > LONGEST_FIELD:
                raise too_large("user_metadata")

    def _end_part(self) -> None:
        if self._part.is_file or self.file is not None:
            self._part = Part()
            return
        self.fields[self._part.name] = self._part.value.decode("utf-8", "replace")
        if len(self.fields) > MOST_FIELDS:
            raise too_large("form")
