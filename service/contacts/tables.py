"""Reads an uploaded file as a table: encoding, delimiter, headers, and its rows as often as they are asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from service.contacts.delimiters import declared_delimiter, detect_delimiter
from service.contacts.encodings import codec_for_reading, detect_encoding
from service.contacts.shapes import looks_like_address, looks_like_number
from service.errors import InvalidInput

MOST_ROWS = 50_000
MOST_COLUMNS = 200
SAMPLE_ROWS = 20
"""How many rows show what a column holds."""

_SAMPLE_CHARACTERS = 64 * 1024
_OTHER_FILES = {b"PK\x03\x04": "spreadsheet", b"\xd0\xcf\x11\xe0": "spreadsheet", b"%PDF": "PDF"}


@dataclass(frozen=True)
class Row:
    """One row. `number` is what a spreadsheet shows beside it: the first row of the file is 1. Cells are as typed."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A file that was read once from end to end, so its rows are known to be readable."""

    file: BinaryIO
    encoding: str
    delimiter: str
    headers: list[str]
    first_row: int
    """The number of the first row that is not a header."""
    row_count: int
    sample: list[Row]

    def rows(self) -> Iterator[Row]:
        """All rows that have something in them, without the headers."""
        for row in _rows(self.file, self.encoding, self.delimiter):
            if row.number >= self.first_row:
                yield row


def open_table(file: BinaryIO) -> Table:
    """Read `file` once and describe it. Raises InvalidInput, in words for whoever chose the file."""
    _refuse_other_files(file)
    encoding = detect_encoding(file)
    delimiter = _delimiter(file, encoding)
    sample: list[Row] = []
    count = 0
    for row in _rows(file, encoding, delimiter):
        count += 1
        if len(sample) <= SAMPLE_ROWS:
            sample.append(row)
        if count > MOST_ROWS + 1:
            raise InvalidInput("too_many_rows", f"The file has more than {MOST_ROWS:,} rows. Split it into several.")
    return _described(file, encoding, delimiter, sample, count)


def _described(file: BinaryIO, encoding: str, delimiter: str, sample: list[Row], count: int) -> Table:
    if not sample:
        raise InvalidInput("empty_file", "There is nothing in this file.")
    has_headers = _is_header(sample[0])
    first = sample[0]
    headers = first.cells if has_headers else [f"Column {number}" for number in range(1, len(first.cells) + 1)]
    if len(headers) > MOST_COLUMNS:
        raise InvalidInput("too_many_columns", f"The file has more than {MOST_COLUMNS} columns.")
    if has_headers and count == 1:
        raise InvalidInput("empty_file", "The file has headings and no rows.")
    rows = sample[1:] if has_headers else sample[:SAMPLE_ROWS]
    first_row = first.number + int(has_headers)
    named = [header.strip()[:200] or f"Column {number}" for number, header in enumerate(headers, 1)]
    return Table(file, encoding, delimiter, named, first_row, count - int(has_headers), rows)


def _is_header(row: Row) -> bool:
    """Headings name things; a row with a telephone number or an e-mail address in it is somebody's."""
    return not any(looks_like_number(cell) or looks_like_address(cell) for cell in row.cells)


def _refuse_other_files(file: BinaryIO) -> None:
    head = file.read(4)
    for start, kind in _OTHER_FILES.items():
        if head.startswith(start):
            raise InvalidInput("not_csv", f"This is a {kind} file. Save the table as CSV and choose that.")


def _delimiter(file: BinaryIO, encoding: str) -> str:
    with _text(file, encoding) as text:
        sample = text.read(_SAMPLE_CHARACTERS)
    return declared_delimiter(sample.partition("\n")[0]) or detect_delimiter(sample)


def _rows(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every row that has something in it, from the beginning of the file."""
    with _text(file, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                if number == 1 and declared_delimiter(delimiter.join(cells)):
                    continue
                if any(cell.strip() for cell in cells):
                    # PostgreSQL keeps no zero bytes, and nobody typed them.
                    yield Row(number, [cell.replace("\x00", "") for cell in cells])
        except csv.Error as error:
            words = "cannot be read: its quotation marks do not match, or a cell is too long."
            raise InvalidInput("unreadable_row", f"Line {reader.line_num} {words}") from error


@contextmanager
def _text(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The text of the file from its beginning; the file stays open."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=codec_for_reading(encoding), errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()
