"""Files as people have them: in whatever encoding, parted by whatever, with whatever above and between the rows."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contacts.spreadsheets import csv_lines
from service.contacts.tables import MOST_COLUMNS, MOST_ROWS, Table, open_table
from service.errors import InvalidInput

TEXT = 'Name;Straße;Notiz\r\nJürgen;"Weg 1, hinten";"zwei\nZeilen; eine Zelle"\r\n\r\nAnn;;\r\n'


def table(content: str | bytes, encoding: str = "utf-8") -> Table:
    return open_table(io.BytesIO(content if isinstance(content, bytes) else content.encode(encoding)))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(written: str, told: str) -> None:
    read = table(TEXT, written)
    assert read.encoding == told
    assert read.headers == ["Name", "Straße", "Notiz"]
    assert [row.cells for row in read.rows()] == [
        ["Jürgen", "Weg 1, hinten", "zwei\nZeilen; eine Zelle"],
        ["Ann", "", ""],
    ]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    read = table(TEXT)
    assert ([row.number for row in read.rows()], read.row_count) == ([2, 4], 2)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("declared", [True, False])
def test_the_delimiter_is_told_from_the_rows(delimiter: str, declared: bool) -> None:
    rows = [["name", "note", "tags"], ["Ann", '"a, b; c | d"', "x"], ["Bob", '"1, 2, 3"', "y"]]
    lines = [delimiter.join(row) for row in rows]
    read = table("\n".join([f"sep={delimiter}", *lines] if declared else lines))
    assert read.delimiter == delimiter
    assert [row.cells[0] for row in read.rows()] == ["Ann", "Bob"]


def test_commas_in_every_address_do_not_win() -> None:
    rows = ["name;street;city", *(f"Person {n};{n} Main St, Apt {n};Denver" for n in range(9))]
    assert table("\n".join(rows)).delimiter == ";"


def test_a_file_without_headings_is_read_from_its_first_row() -> None:
    read = table("Ann,303-555-0142\nBob,303-555-0143\n")
    assert (read.headers, read.first_row, read.row_count) == (["Column 1", "Column 2"], 1, 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n,,\n", "empty_file"),
        (b"name,phone\n", "empty_file"),
        (b"PK\x03\x04 and so on", "not_csv"),
        (b"%PDF-1.7", "not_csv"),
        (b'name\n"Ann\nBob\n', "unreadable_row"),
        (b"name\n" + b"x" * 200_000, "unreadable_row"),
        (b"name\n" + b"x\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"a," * MOST_COLUMNS + b"a\n1\n", "too_many_columns"),
    ],
)
def test_what_is_no_table_of_contacts_is_refused_in_words(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        table(content)
    assert refusal.value.code == code


def test_zero_bytes_are_left_out() -> None:
    assert [row.cells for row in table("name\nA\x00nn\n").rows()] == [["Ann"]]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=20), min_size=2, max_size=2
        ),
        max_size=8,
    )
)
def test_what_is_exported_is_read_back(rows: list[list[str]]) -> None:
    """Quotation marks, delimiters and line ends in cells; formulas come back with their apostrophe."""
    full = [[f"x{one}", other] for one, other in rows]
    read = table(csv_lines([["name", "note"], ["Ann", ""], *full]))
    found = [row.cells for row in read.rows()][1:]
    assert [[one, other.removeprefix("'")] for one, other in found] == [[one, o.removeprefix("'")] for one, o in full]
