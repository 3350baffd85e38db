"""One row of a file becomes the fields of a contact, and a list of what is wrong with it.

A row's fields, all of them absent where the row has nothing: {name, organization, job_title, type, source,
phones: [{e164, raw, extension, type}], emails: [text], address: {line1, line2, city, region, postal_code, country},
tags: [text], note, custom: {id of the field: value}}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from service.contacts import numbers, values
from service.contacts.problems import BadCell, Problem
from service.contacts.targets import ADDRESS, CUSTOM, EMAILS, PHONES, CustomField

_MOST_CHARACTERS = {
    "name": 200, "first_name": 99, "last_name": 100, "organization": 200, "job_title": 120, "source": 120,
    "line1": 200, "line2": 200, "city": 120, "region": 120, "postal_code": 20, "tags": 500, "note": 10_000,
}  # fmt: skip
_WHO = ("name", "organization", "phones", "emails")
"""One of these a contact must have."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NEUTRALISED = re.compile(r"\A'(?=[=+\-@\t\r])")
"""Our own exports (and those of others) put an apostrophe before what a spreadsheet would take for a formula."""


@dataclass(frozen=True)
class Plan:
    """How the rows of one import are read. `mapping` has a target or None for each header."""

    headers: Sequence[str]
    mapping: Sequence[str | None]
    country: str
    custom_fields: Mapping[str, CustomField]


@dataclass(frozen=True)
class NormalisedRow:
    """What a row says. With an error among the problems it will not be imported."""

    fields: dict[str, Any]
    problems: list[Problem]


def normalise(cells: Sequence[str], plan: Plan) -> NormalisedRow:
    """Read one row. Never raises for what a cell holds."""
    reading = _Reading(plan)
    reading.read(cells)
    fields = reading.fields()
    problems = reading.problems
    if any(cell.strip() for cell in cells[len(plan.headers) :]):
        problems.append(Problem(None, "too_many_cells", "This row has more cells than there are headings."))
    if not any(key in fields for key in _WHO) and not any(problem.is_error for problem in problems):
        problems.append(Problem(None, "nobody", "This row has no name, no number and no e-mail address."))
    return NormalisedRow(fields, problems)


class _Reading:
    """One row on its way: cells by target, and what was found wrong so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.problems: list[Problem] = []
        self._texts: dict[str, list[tuple[int, str]]] = {}

    def read(self, cells: Sequence[str]) -> None:
        for column, target in enumerate(self.plan.mapping):
            if target is None or column >= len(cells):
                continue
            text = _NEUTRALISED.sub("", cells[column].strip())
            if text and self._is_short_enough(column, target, text):
                self._texts.setdefault(target, []).append((column, text))

    def fields(self) -> dict[str, Any]:
        """The fields that have something in them."""
        found = {
            "name": self._name(),
            "organization": self._text("organization"),
            "job_title": self._text("job_title"),
            "source": self._text("source"),
            "type": self._value("type", values.read_contact_type),
            "phones": self._phones(),
            "emails": self._emails(),
            "address": self._address(),
            "tags": self._tags(),
            "note": "\n".join(text for _, text in self._texts.get("note", [])),
            "custom": self._custom(),
        }
        return {key: value for key, value in found.items() if value}

    def _is_short_enough(self, column: int, target: str, text: str) -> bool:
        most = _MOST_CHARACTERS.get(target, 1000)
        if len(text) > most:
            self._wrong(column, "too_long", f"This is longer than {most:,} characters.")
        return len(text) <= most

    def _wrong(self, column: int, code: str, words: str, *, is_error: bool = True) -> None:
        self.problems.append(Problem(column, code, words, is_error))

    def _text(self, target: str) -> str | None:
        texts = self._texts.get(target)
        return " ".join(texts[0][1].split()) if texts else None

    def _value(self, target: str, read: Callable[[str], Any]) -> Any:
        """The first cell of a target, read; None when it is empty or cannot be read."""
        for column, text in self._texts.get(target, []):
            try:
                return read(text)
            except BadCell as error:
                self._wrong(column, error.code, error.words)
        return None

    def _name(self) -> str:
        parts = (self._text("first_name"), self._text("last_name"))
        return self._text("name") or " ".join(part for part in parts if part)

    def _phones(self) -> list[dict[str, Any]]:
        phones: dict[str, dict[str, Any]] = {}
        for target in PHONES:
            for column, cell in self._texts.get(target, []):
                for text in filter(None, (part.strip() for part in re.split(r"[;\n]", cell))):
                    phone = self._phone(column, text, self._phone_type(target, column))
                    if phone is not None:
                        phones.setdefault(phone.e164 or phone.raw, phone.as_json())
        return list(phones.values())

    def _phone(self, column: int, text: str, kind: str | None) -> numbers.Phone | None:
        try:
            phone = numbers.read_number(text, self.plan.country, kind)
        except BadCell as error:
            self._wrong(column, error.code, error.words)
            return None
        if phone.e164 is None:
            words = "This is no telephone number as it stands. It is kept as written, and cannot be called or texted."
            self._wrong(column, "not_a_number", words, is_error=False)
        return phone

    def _phone_type(self, target: str, column: int) -> str | None:
        said = self._text(f"{target}_type")
        return numbers.phone_type(said or self.plan.headers[column])

    def _emails(self) -> list[str]:
        emails: dict[str, str] = {}
        for target in EMAILS:
            for column, cell in self._texts.get(target, []):
                for text in filter(None, (part.strip() for part in re.split(r"[;,\n]", cell.removeprefix("mailto:")))):
                    if _EMAIL.fullmatch(text) and len(text) <= 254:
                        emails.setdefault(text.lower(), text)
                    else:
                        self._wrong(column, "bad_email", "This is not an e-mail address.")
        return list(emails.values())

    def _address(self) -> dict[str, str]:
        parts = {target: self._text(target) for target in ADDRESS if target != "country"}
        address = {target: text for target, text in parts.items() if text}
        country = self._value("country", values.read_country)
        return {**address, "country": country or self.plan.country} if address else {}

    def _tags(self) -> list[str]:
        texts = (tag.strip() for _, cell in self._texts.get("tags", []) for tag in re.split(r"[,;|\n]", cell))
        tags = {tag.lower(): tag for tag in texts if 0 < len(tag) <= 40}
        return list(tags.values())

    def _custom(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for target in self.plan.mapping:
            if target is not None and target.startswith(CUSTOM):
                field = self.plan.custom_fields.get(target.removeprefix(CUSTOM))
                if field is None:
                    continue
                value = self._value(target, partial(self._custom_value, field))
                if value is not None:
                    found[field.id] = value
        return found

    def _custom_value(self, field: CustomField, text: str) -> Any:
        match field.kind:
            case "number":
                return values.read_amount(text)
            case "date":
                return values.read_date(text, self.plan.country)
            case "boolean":
                return values.read_yes_or_no(text)
            case "choice":
                return values.read_choice(text, field.options)
            case _:
                return text
