"""What a signed form says, and when it says nothing that can be used."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webhooks.twilio.events import UnusableRequest, unusable_event
from webhooks.twilio.form import Form
from webhooks.twilio.parse import parse_sms, parse_status

SID = "SM" + "0" * 32
SMS = {
    "MessageSid": SID,
    "From": "+13035550142",
    "To": "+13035550100",
    "Body": "Hello",
    "NumSegments": "1",
    "NumMedia": "0",
}
STATUS = {"MessageSid": SID, "MessageStatus": "delivered", "To": "+13035550142"}
MEDIA_SID = "ME" + "a" * 32


def sms(**changes: str) -> dict[str, Any]:
    return parse_sms(Form({**SMS, **changes})).fields


def test_a_text() -> None:
    event = parse_sms(Form(SMS))
    assert (event.kind, event.key) == ("sms", f"sms:{SID}")
    assert event.fields == {
        "sid": SID, "from": "+13035550142", "to": "+13035550100", "body": "Hello", "segments": 1, "media": [],
    }  # fmt: skip


def test_a_text_with_pictures_notes_them_and_fetches_nothing() -> None:
    base = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media"
    fields = sms(
        NumMedia="3", MediaUrl0=f"{base}/{MEDIA_SID}", MediaContentType0="image/jpeg", MediaUrl1="http://evil.test/x",
    )  # fmt: skip
    assert fields["media"] == [
        {"sid": MEDIA_SID, "content_type": "image/jpeg", "url": f"{base}/{MEDIA_SID}"},
        {"content_type": "", "url": "http://evil.test/x"},
    ]


@pytest.mark.parametrize("name", ["MessageSid", "From", "To"])
@pytest.mark.parametrize("value", [None, "", "  ", "\x00", "x" * 65])
def test_a_text_without_what_it_needs_is_unusable(name: str, value: str | None) -> None:
    fields = {key: text for key, text in SMS.items() if key != name} | ({} if value is None else {name: value})
    with pytest.raises(UnusableRequest):
        parse_sms(Form(fields))


def test_an_older_name_of_the_id_is_read_too() -> None:
    fields = {**SMS, "SmsSid": SID}
    del fields["MessageSid"]
    assert parse_sms(Form(fields)).key == f"sms:{SID}"


def test_ten_thousand_emoji_are_no_text_message() -> None:
    assert sms(Body="🔧" * 1600)["body"] == "🔧" * 1600
    with pytest.raises(UnusableRequest, match="longer"):
        sms(Body="🔧" * 10_000)


def test_what_cannot_be_stored_is_removed_from_the_fields() -> None:
    assert sms(Body="a\x00b\ud800c")["body"] == "abc"
    assert sms(MessageSid=f"{SID}\x00")["sid"] == SID


@pytest.mark.parametrize(("text", "segments"), [("3", 3), ("0", 1), ("-1", 1), ("9" * 30, 1), ("²", 1), ("", 1)])
def test_an_odd_number_of_segments_is_one(text: str, segments: int) -> None:
    assert sms(NumSegments=text)["segments"] == segments


@pytest.mark.parametrize(("text", "kept"), [("STOP", "STOP"), ("start", "START"), ("MAYBE", None), ("", None)])
def test_twilios_own_verdict_on_a_keyword(text: str, kept: str | None) -> None:
    assert sms(OptOutType=text).get("opt_out_type") == kept


def test_a_status() -> None:
    message = "0d3f9b0e-6a7c-4bb4-8df3-6f9d9f3f2a11"
    event = parse_status(Form({**STATUS, "MessageStatus": "Undelivered", "ErrorCode": "30003"}), message)
    assert (event.kind, event.key) == ("status", f"status:{SID}:undelivered")
    assert event.fields == {
        "sid": SID, "status": "undelivered", "error_code": 30003, "message": message, "to": "+13035550142",
    }  # fmt: skip


@pytest.mark.parametrize("message", [None, "", "x", "0d3f9b0e", "\x00"])
def test_a_status_without_our_id_is_found_by_twilios(message: str | None) -> None:
    assert parse_status(Form(STATUS), message).fields["message"] is None


@pytest.mark.parametrize(
    "changes", [{"MessageStatus": "exploded"}, {"MessageStatus": ""}, {"MessageSid": "CA" + "0" * 32}]
)
def test_a_status_that_we_do_not_know_is_unusable(changes: dict[str, str]) -> None:
    with pytest.raises(UnusableRequest):
        parse_status(Form({**STATUS, **changes}), None)


names = st.sampled_from([*SMS, *STATUS, "OptOutType", "ErrorCode", "MediaUrl0", "MediaContentType0"])


@settings(deadline=None)
@given(st.dictionaries(names, st.text()), st.none() | st.text())
def test_any_form_is_an_event_or_unusable(changes: dict[str, str], message: str | None) -> None:
    for parse in (parse_sms, lambda form: parse_status(form, message)):
        try:
            event = parse(Form({**SMS, **STATUS, **changes}))
        except UnusableRequest as unusable:
            event = unusable_event("sms", unusable.reason, b"raw")
        stored = json.dumps(event.fields, ensure_ascii=False) + event.key
        assert "\x00" not in stored
        stored.encode()
