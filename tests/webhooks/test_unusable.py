"""Signed, and still of no use: kept for a person, answered 2xx, and never a 500."""

from __future__ import annotations

import hashlib
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.companies import some_number
from tests.support.texts import delivery_status, inbound_text, new_sid
from tests.webhooks.deliveries import EMPTY_TWIML, Line
from webhooks.twilio.form import readings


def kept(line: Line, raw: bytes) -> dict[str, object]:
    return line.event(f"unusable:{hashlib.sha256(raw).hexdigest()}")


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_a_text_without_a_field_is_kept_as_a_failed_event(line: Line, missing: str) -> None:
    form = inbound_text(line.account, some_number(), "incomplete")
    for name in (missing, "SmsSid", "SmsMessageSid"):
        form.pop(name, None)
    answers = [line.deliver(form) for _ in range(2)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, EMPTY_TWIML)] * 2
    event = kept(line, urlencode(form).encode())
    assert (event["kind"], event["processed_at"]) == ("unusable", None)
    assert event["error"] == f"the field {missing} is missing"


def test_a_person_sees_what_could_not_be_used(line: Line) -> None:
    form = {"Body": "nobody's text", "Random": new_sid()}
    line.deliver(form)
    found = line.http.get(
        f"{line.stack.supabase_url}/rest/v1/failed_events?select=kind,error&order=received_at.desc&limit=1",
        headers=line.company.owner.headers,
    ).raise_for_status()
    assert found.json() == [{"kind": "unusable", "error": "the field MessageSid is missing"}]


def test_ten_thousand_emoji_are_kept(line: Line) -> None:
    form = inbound_text(line.account, some_number(), "🔧" * 10_000)
    assert line.deliver(form).status_code == 200
    event = kept(line, urlencode(form).encode())
    assert "longer" in str(event["error"])
    assert not line.messages(form["From"])


def test_nul_bytes_are_removed_and_the_text_is_not_lost(line: Line) -> None:
    sender = some_number()
    form = inbound_text(line.account, sender, "be\x00fore\x00")
    assert line.deliver(form).status_code == 200
    (message,) = line.messages(sender)
    assert message["body"] == "before"
    assert b"%00" in bytes(line.event(f"sms:{form['MessageSid']}")["raw"])


@pytest.mark.parametrize(
    ("raw_body", "body"), [(b"caf\xe9", "café"), (b"\xff\xfeh\x00i\x00", "ÿþhi"), (b"\xed\xa0\x80", "í\xa0\x80")]
)
def test_odd_encodings_are_kept_as_their_sender_signed_them(line: Line, raw_body: bytes, body: str) -> None:
    sender = some_number()
    form = inbound_text(line.account, sender, "")
    raw = urlencode(form).replace("Body=", f"Body={quote_from_bytes(raw_body)}").encode()
    signed = {**form, "Body": raw_body.decode("latin-1")}
    assert line.post(line.path(), raw, line.sign(line.path(), signed)).status_code == 200
    assert [message["body"] for message in line.messages(sender)] == [body]


@pytest.mark.parametrize("changes", [{"MessageStatus": "exploded", "SmsStatus": "exploded"}, {"MessageSid": "x" * 500}])
def test_a_status_of_no_use_is_kept(line: Line, changes: dict[str, str]) -> None:
    form = {**delivery_status(line.account, new_sid(), "sent"), **changes}
    assert line.deliver(form, line.path("status")).status_code == 200
    assert kept(line, urlencode(form).encode())["processed_at"] is None


def test_a_status_for_a_text_that_we_do_not_know_waits_for_it(line: Line) -> None:
    sid = new_sid()
    assert line.status(sid, "sent").status_code == 200
    event = line.event(f"status:{sid}:sent")
    assert event["processed_at"] is None
    assert event["next_attempt_at"] is not None


fields = st.dictionaries(
    st.sampled_from(
        ["MessageSid", "From", "To", "Body", "NumMedia", "NumSegments", "MediaUrl0", "MessageStatus", "ErrorCode"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
    | st.sampled_from(["SM" + "0" * 32, "9" * 40, "+1", "sent"]),
)
bodies = st.binary(max_size=300) | fields.map(lambda form: urlencode(form).encode())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=bodies, kind=st.sampled_from(["sms", "status?message=%00", "status"]))
def test_whatever_is_signed_is_answered_2xx(line: Line, raw: bytes, kind: str) -> None:
    path = line.path(kind)
    for form in readings(raw):
        answer = line.post(path, raw, line.sign(path, form))
        assert answer.status_code == 200, raw
