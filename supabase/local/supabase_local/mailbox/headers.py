"""Headers of caught mails as text, whatever a program has put into them."""

from __future__ import annotations

from email.headerregistry import AddressHeader
from email.message import EmailMessage


def header(message: EmailMessage, name: str) -> str:
    """Return the first header of this name, decoded when it can be, ``""`` when there is none."""
    return next(iter(header_values(message, name)), "")


def header_values(message: EmailMessage, name: str) -> list[str]:
    """Return every header of this name."""
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except (IndexError, ValueError):  # The standard library's parser gives up on some headers.
        values = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    return [printable(value) for value in values]


def people(message: EmailMessage, name: str) -> list[dict[str, str]]:
    """Return whom an address header names, as Mailpit does: ``Name`` and ``Address``."""
    try:
        value = message.get(name)
    except (IndexError, ValueError):
        return []
    if not isinstance(value, AddressHeader):
        return []
    return [
        {"Name": printable(address.display_name), "Address": printable(address.addr_spec)}
        for address in value.addresses
    ]


def printable(text: str) -> str:
    """Return ``text`` with what is no character replaced: bytes that could not be decoded."""
    return text.encode("utf-8", "replace").decode()
