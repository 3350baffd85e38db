"""Columns are understood by their headings, else by what is in them."""

from __future__ import annotations

import pytest

from service.contacts.targets import CustomField, propose_mapping


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (
            ["First Name", "LAST NAME", "Company", "Phone", "Mobile", "E-mail Address", "ZIP"],
            ["first_name", "last_name", "organization", "phone", "phone_2", "email", "postal_code"],
        ),
        (  # Google Contacts
            ["Name", "E-mail 1 - Value", "Phone 1 - Type", "Phone 1 - Value", "Phone 2 - Value", "Group Membership"],
            ["name", "email", "phone_type", "phone", "phone_2", "tags"],
        ),
        (  # Outlook
            [
                "First Name",
                "Last Name",
                "Job Title",
                "Business Street",
                "Business City",
                "Home Phone",
                "Business Phone",
            ],
            ["first_name", "last_name", "job_title", "line1", "city", "phone_2", "phone_3"],
        ),
        (["Straße", "PLZ", "Ort", "Télefono"], ["line1", "postal_code", "city", "phone"]),
        (["Shoe size", "Notes", "Comments"], [None, "note", "note"]),
        (["Email", "E-Mail", "email"], ["email", "email_2", None]),
    ],
)
def test_headings_of_people_and_programs_are_known(headers: list[str], mapping: list[str | None]) -> None:
    assert propose_mapping(headers, [], []) == mapping


def test_the_companys_own_fields_come_first() -> None:
    field = CustomField("7f", "Source", "text")
    assert propose_mapping(["source", "SOURCE "], [], [field]) == ["custom:7f", None]


def test_unknown_headings_are_told_by_their_cells() -> None:
    sample = [["a@x.com", "303-555-0142", "7"], ["", "+1 303 555 0143", "8"], ["b@x.com", "n/a", "9"]]
    assert propose_mapping(["A", "B", "C"], sample, []) == ["email", "phone", None]
