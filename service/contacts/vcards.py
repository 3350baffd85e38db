"""Contacts as vCards, version 3.0 (RFC 2426).

Not 4.0: Outlook, Google Contacts and the telephones' own address books read 3.0, and some of them nothing newer.
"""

from __future__ import annotations

from typing import Any

_FOLDED_OCTETS = 75
_PHONE_TYPES = {"mobile": "CELL", "home": "HOME", "work": "WORK"}


def vcard(card: dict[str, Any]) -> str:
    """One contact of the view contact_cards as a card, its lines folded."""
    name = card["name"] or card["organization_name"] or card["primary_phone"] or card["primary_email"] or "No name"
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{card['id']}", f"FN:{_text(name)}", f"N:{_name_parts(card, name)}"]
    lines += [
        f"{key}:{_text(card[column])}"
        for key, column in (("ORG", "organization_name"), ("TITLE", "job_title"))
        if card[column]
    ]
    lines += [_phone(phone) for phone in card["phones"]]
    lines += [f"EMAIL;TYPE=INTERNET{_preferred(email)}:{_text(email['email'])}" for email in card["emails"]]
    lines += [_address(place) for place in card["properties"]]
    if card["tags"]:
        lines.append("CATEGORIES:" + ",".join(_text(tag["name"]) for tag in card["tags"]))
    lines += [f"REV:{card['updated_at']}", "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _name_parts(card: dict[str, Any], name: str) -> str:
    """Family name; given names. We keep names whole, so the last word is taken for the family's; a firm has none."""
    if not card["name"] or card["name"] == card["organization_name"] or " " not in name:
        return f"{_text(name)};;;;"
    given, _, family = name.rpartition(" ")
    return f"{_text(family)};{_text(given)};;;"


def _phone(phone: dict[str, Any]) -> str:
    kind = _PHONE_TYPES.get(phone["type"], "VOICE")
    number = phone["e164"] or phone["raw"]
    if phone["extension"]:
        number = f"{number};ext={phone['extension']}"
    return f"TEL;TYPE={kind}{_preferred(phone)}:{_text(number)}"


def _preferred(row: dict[str, Any]) -> str:
    return ",PREF" if row["is_primary"] else ""


def _address(place: dict[str, Any]) -> str:
    """Post office box; extended address; street; city; region; postal code; country."""
    parts = ("line2", "line1", "city", "region", "postal_code", "country")
    return "ADR;TYPE=HOME:;" + ";".join(_text(place[part] or "") for part in parts)


def _text(value: str) -> str:
    """Escape what has a meaning in a card, and keep a value from ending its line."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character; what follows begins with a space."""
    parts, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > _FOLDED_OCTETS:
            parts.append(" ")
            octets = 1
        parts[-1] += character
        octets += size
    return "\r\n".join(parts)
