"""Which field of a contact a column becomes. The database holds the same list (private.is_import_target)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.contacts.shapes import looks_like_address, looks_like_number

CUSTOM = "custom:"
"""Before the id of a custom field."""

PHONES = ("phone", "phone_2", "phone_3")
EMAILS = ("email", "email_2")
ADDRESS = ("line1", "line2", "city", "region", "postal_code", "country")
REPEATED = frozenset({"tags", "note"})
"""Targets that several columns may share."""

HEADINGS: dict[str, str] = {
    "name": (
        "name; full name; display name; contact name; customer name; client name; contact; customer; client; file as"
    ),
    "first_name": "first name; firstname; first; given name; forename; vorname; prenom; nombre",
    "last_name": "last name; lastname; last; surname; family name; nachname; apellido; apellidos",
    "organization": (
        "organization; organisation; company; company name; business; business name; firm; account name; "
        "employer; organization name; organization 1 name; firma; empresa"
    ),
    "job_title": "job title; title; position; job position; organization title; organization 1 title",
    "type": "type; contact type; category; kind; lead or customer",
    "source": "source; lead source; origin; referred by; how did you hear about us; how did you find us",
    "phone": (
        "phone; phone number; phone 1; phone 1 value; primary phone; main phone; telephone; tel; mobile; "
        "mobile phone; mobile number; cell; cell phone; cellphone; contact number; number; telefon; telefono; "
        "handy"
    ),
    "phone_type": "phone type; phone 1 type; phone 1 label",
    "phone_2": (
        "phone 2; phone 2 value; second phone; secondary phone; other phone; alternate phone; alt phone; home "
        "phone; home; landline; phone number 2"
    ),
    "phone_2_type": "phone 2 type; phone 2 label",
    "phone_3": (
        "phone 3; phone 3 value; third phone; work phone; business phone; office phone; office; phone number 3"
    ),
    "phone_3_type": "phone 3 type; phone 3 label",
    "email": (
        "email; e mail; mail; email address; e mail address; email 1; e mail 1 value; email 1 value; primary "
        "email; correo"
    ),
    "email_2": "email 2; e mail 2 value; e mail 2 address; email 2 value; secondary email; other email; work email",
    "line1": (
        "address; address 1; address line 1; line1; line 1; street; street address; street 1; service "
        "address; billing address; mailing address; home street; business street; address 1 street; strasse; "
        "calle; direccion"
    ),
    "line2": (
        "address 2; address line 2; line2; line 2; street 2; apt; apartment; unit; suite; address 1 extended address"
    ),
    "city": "city; town; locality; home city; business city; address 1 city; billing city; ort; stadt; ciudad",
    "region": (
        "state; region; province; state province; county; home state; business state; address 1 region; billing state"
    ),
    "postal_code": (
        "zip; zip code; zipcode; postal code; postcode; postal; home postal code; business postal code; "
        "address 1 postal code; billing zip; plz; codigo postal"
    ),
    "country": "country; country code; home country; business country; address 1 country; country region; land; pais",
    "tags": "tags; tag; labels; label; groups; group; group membership; categories",
    "note": "note; notes; comment; comments; remarks; description; memo; notiz; bemerkung; notas",
}
"""The headings that people and other programs use, in plain form, parted by semicolons."""

TARGETS = frozenset(HEADINGS)

_KNOWN = {word.strip(): target for target, words in HEADINGS.items() for word in words.split(";")}
_NEXT = {"phone": "phone_2", "phone_2": "phone_3", "email": "email_2"}
"""Where a second column of the same meaning goes."""

_MOST_CELLS = 0.6
"""The share of filled cells that must look like something before an unknown heading is taken for it."""


@dataclass(frozen=True)
class CustomField:
    """A field that the company added: `kind` is text, number, date, boolean or choice (then with `options`)."""

    id: str
    label: str
    kind: str
    options: tuple[str, ...] = ()


def propose_mapping(
    headers: Sequence[str], sample: Sequence[Sequence[str]], custom_fields: Iterable[CustomField]
) -> list[str | None]:
    """Return a target for each column, None for one that is not understood. No target is proposed twice."""
    custom = {_plain(field.label): CUSTOM + field.id for field in custom_fields}
    taken: set[str] = set()
    mapping: list[str | None] = []
    for column, header in enumerate(headers):
        cells = [row[column] for row in sample if column < len(row) and row[column].strip()]
        wanted = custom.get(_plain(header)) or _KNOWN.get(_plain(header)) or _by_cells(cells)
        target = _free(wanted, taken)
        mapping.append(target)
        if target is not None:
            taken.add(target)
    return mapping


def _by_cells(cells: Sequence[str]) -> str | None:
    enough = max(1, len(cells) * _MOST_CELLS)
    if sum(looks_like_address(cell) for cell in cells) >= enough:
        return "email"
    if sum(looks_like_number(cell) and _has_ten_digits(cell) for cell in cells) >= enough:
        return "phone"
    return None


def _has_ten_digits(cell: str) -> bool:
    return sum(character.isdigit() for character in cell) >= 10


def _free(target: str | None, taken: set[str]) -> str | None:
    while target in taken and target not in REPEATED:
        target = _NEXT.get(target or "")
    return target


def _plain(heading: str) -> str:
    """Without case and accents, everything that is no letter or digit one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold()).strip()
