"""Writes a company's contacts as a file, page by page, with the rights of whoever asks: row-level security stays on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal
from uuid import UUID

from service.contacts.spreadsheets import BYTE_ORDER_MARK, csv_lines
from service.contacts.vcards import vcard
from service.data_api import ask
from service.database import Database
from service.members import Member
from service.supabase_door import SupabaseDoor

Rows = list[dict[str, Any]]
Format = Literal["csv", "vcf"]

_LISTED_ROWS = 200
"""The longest page of the list, and all that a search finds."""

_CARDS_AT_ONCE = 100
"""Their ids go into an address, which has its limits."""

_COLUMNS = (
    "Name", "Type", "Organization", "Job title", "Source",
    "Phone", "Phone type", "Phone 2", "Phone 2 type", "Phone 3", "Phone 3 type", "Email", "Email 2",
    "Address line 1", "Address line 2", "City", "State", "Postal code", "Country", "Tags",
)  # fmt: skip
"""Headings that an import of ours understands, so that a file can come back."""


@dataclass(frozen=True)
class Wish:
    """What is exported: one contact, or all, or those that a search and the filter of `list_contacts` leave."""

    format: Format
    contact: UUID | None
    query: str | None
    filter: dict[str, Any]


def require_export(database: Database, member: Member) -> None:
    """Refuse (DatabaseRefusal `not_allowed`) whoever may see contacts and not take them along."""
    database.call("require_contact_export", p_tenant=member.tenant_id, p_user=member.user_id)


def export(door: SupabaseDoor, access_token: str, wish: Wish) -> Iterator[str]:
    """Yield the file's text. The first page is asked for before this returns, so refusals come before the first byte.

    Raises as `service.data_api.ask` does, later in the middle of the file: what is broken off is no file.
    """
    pages = _pages(door, access_token, wish)
    first = next(pages, [])
    if wish.format == "vcf":
        return _vcards(first, pages)
    fields = ask(door, access_token, lambda api: _custom_fields(api).execute().data)
    return _csv(first, pages, fields)


def _vcards(first: Rows, rest: Iterator[Rows]) -> Iterator[str]:
    for page in chain([first], rest):
        yield "".join(map(vcard, page))


def _csv(first: Rows, rest: Iterator[Rows], fields: Rows) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_lines([[*_COLUMNS, *(field["label"] for field in fields)]])
    for page in chain([first], rest):
        yield csv_lines(_csv_row(card, fields) for card in page)


def _csv_row(card: dict[str, Any], fields: Rows) -> list[str]:
    phones, emails = card["phones"], [email["email"] for email in card["emails"]]
    place = card["properties"][0] if card["properties"] else {}
    return [
        *(_cell(card[column]) for column in ("name", "type", "organization_name", "job_title", "source")),
        *_phone_cells(phones),
        *_spread(emails, 2),
        *(_cell(place.get(part)) for part in ("line1", "line2", "city", "region", "postal_code", "country")),
        "; ".join(tag["name"] for tag in card["tags"]),
        *(_cell(card["custom_values"].get(field["id"])) for field in fields),
    ]


def _phone_cells(phones: Rows) -> list[str]:
    numbers = _spread([_written(phone) for phone in phones], 3)
    kinds = [phone["type"] for phone in phones[:3]] + [""] * 3
    return [cell for number, kind in zip(numbers, kinds, strict=False) for cell in (number, kind)]


def _written(phone: dict[str, Any]) -> str:
    number: str = phone["e164"] or phone["raw"]
    return f"{number} x{phone['extension']}" if phone["extension"] else number


def _spread(values: list[str], cells: int) -> list[str]:
    """One value in each cell; the last cell takes all that are left."""
    filled = values[: cells - 1] + (["; ".join(values[cells - 1 :])] if len(values) >= cells else [])
    return filled + [""] * (cells - len(filled))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _pages(door: SupabaseDoor, access_token: str, wish: Wish) -> Iterator[Rows]:
    """The contacts in pages, each contact as the view contact_cards shows it."""
    if wish.contact is not None:
        yield _cards(door, access_token, [str(wish.contact)])
        return
    after = None
    while rows := _listed(door, access_token, wish, after):
        ids = [row["id"] for row in rows]
        for start in range(0, len(ids), _CARDS_AT_ONCE):
            yield _cards(door, access_token, ids[start : start + _CARDS_AT_ONCE])
        if wish.query or len(rows) < _LISTED_ROWS:  # a search has no second page
            return
        after = {"key": rows[-1]["key"], "id": rows[-1]["id"]}


def _listed(door: SupabaseDoor, access_token: str, wish: Wish, after: dict[str, Any] | None) -> Rows:
    arguments: dict[str, Any] = {
        "p_query": wish.query,
        "p_filter": wish.filter,
        "p_after": after,
        "p_limit": _LISTED_ROWS,
    }
    rows: Rows = ask(door, access_token, lambda api: api.rpc("list_contacts", arguments).execute().data)
    return rows


def _cards(door: SupabaseDoor, access_token: str, ids: list[str]) -> Rows:
    found = ask(door, access_token, lambda api: api.from_("contact_cards").select("*").in_("id", ids).execute().data)
    cards = {card["id"]: card for card in found}
    return [cards[contact] for contact in ids if contact in cards]


def _custom_fields(api: Any) -> Any:
    fields = api.from_("custom_fields").select("id, label").eq("entity", "contact").is_("archived_at", "null")
    return fields.order("position").order("id")
