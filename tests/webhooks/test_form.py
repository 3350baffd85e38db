"""Reading a form from raw bytes: whatever they are, without an error, and as its sender spelled it."""

from __future__ import annotations

import json
from urllib.parse import quote_from_bytes, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from webhooks.twilio.form import clean, readings


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_can_be_read(raw: bytes) -> None:
    for form in readings(raw):
        for name, value in form.items(multi=True):
            (name + value).encode()  # every reading can be signed


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_what_was_encoded_is_read_back(fields: dict[str, str]) -> None:
    (form,) = readings(urlencode(fields).encode())
    assert form.to_dict() == fields


@settings(deadline=None)
@given(st.text(), st.binary(max_size=50))
def test_cleaned_text_can_be_stored(text: str, octets: bytes) -> None:
    cleaned = clean(text + octets.decode("utf-8", "surrogateescape"))
    assert "\\u0000" not in json.dumps(cleaned.replace("\\", ""))
    cleaned.encode()


def test_repeated_and_empty_fields_are_kept() -> None:
    (form,) = readings(b"a=1&a=2&b=&c")
    assert list(form.items(multi=True)) == [("a", "1"), ("a", "2"), ("b", ""), ("c", "")]


def test_bytes_that_are_no_utf8_are_read_as_latin1_too() -> None:
    utf8, latin1 = readings(f"Body=caf{quote_from_bytes(bytes([0xE9]))}".encode())
    assert (utf8["Body"], latin1["Body"]) == ("caf\ufffd", "café")
