"""A customer's text comes in: stored once however often it is told, by the right company, as the law wants."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.support.companies import Company, TwilioAccount, some_number
from tests.support.texts import inbound_text, new_sid
from tests.webhooks.deliveries import EMPTY_TWIML, Line


def test_an_unknown_sender_becomes_a_lead_with_a_conversation(line: Line) -> None:
    sender = some_number()
    answer = line.text(sender, "My furnace is out 🔥 — can you come?")
    assert (answer.status_code, answer.text) == (200, EMPTY_TWIML)
    assert answer.headers["Content-Type"].startswith("text/xml")
    (message,) = line.messages(sender)
    assert (message["body"], message["direction"], message["to_number"]) == (
        "My furnace is out 🔥 — can you come?", "inbound", line.number,
    )  # fmt: skip
    (contact,) = line.rows(
        "select contact.type from public.contacts contact join public.contact_phones phone "
        "on phone.contact_id = contact.id where contact.tenant_id = %s and phone.e164 = %s",
        sender,
    )
    assert contact["type"] == "lead"
    assert line.rows("select from public.conversations where tenant_id = %s and their_number = %s", sender)


def test_the_raw_event_is_kept_as_received(line: Line) -> None:
    form = inbound_text(line.account, some_number(), "as received")
    line.deliver(form)
    event = line.event(f"sms:{form['MessageSid']}")
    assert bytes(event["raw"]) == urlencode(form).encode()
    assert event["processed_at"] is not None


def test_a_number_that_is_set_to_get_works_too(line: Line) -> None:
    sender = some_number()
    path = f"{line.path()}?{urlencode(inbound_text(line.account, sender, 'by GET'))}"
    answer = line.http.get(line.stack.service_url + path, headers={"X-Twilio-Signature": line.sign(path, {})})
    assert answer.status_code == 200
    assert [message["body"] for message in line.messages(sender)] == ["by GET"]


def test_five_deliveries_of_each_text_shuffled_and_at_once_are_one_row_each(line: Line) -> None:
    senders = [some_number() for _ in range(3)]
    forms = [inbound_text(line.account, sender, f"text {n}") for sender in senders for n in range(4)]
    deliveries = [form for form in forms for _ in range(5)]
    random.Random(7).shuffle(deliveries)  # noqa: S311 - the same order in every run
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda form: line.deliver(form).status_code, deliveries))
    assert set(statuses) == {200}
    stored = [message["provider_sid"] for sender in senders for message in line.messages(sender)]
    assert sorted(stored) == sorted(form["MessageSid"] for form in forms)
    for sender in senders:
        (count,) = line.rows("select count(*) from public.contact_phones where tenant_id = %s and e164 = %s", sender)
        assert count["count"] == 1


@pytest.mark.parametrize("sender", ["anonymous", "Restricted", "+266696687", "72345", "262966", "RIDGELINE"])
def test_senders_that_are_no_person_make_no_contact(line: Line, sender: str) -> None:
    before = line.counts()
    assert line.text(sender, f"from {sender}").status_code == 200
    after = line.counts()
    assert after["sms_messages"] == before["sms_messages"] + 1
    assert after["contacts"] == before["contacts"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("STOP", "revoked"),
        (" stop. ", "revoked"),
        ("Unsubscribe", "revoked"),
        ("REVOKE", "revoked"),
        ("optout", "revoked"),
        ("stop by at 5", None),
        ("please stop", None),
        ("Can't stop", None),
        ("HELP", None),
        ("START", "granted"),
    ],
)
def test_only_a_whole_message_is_a_keyword(line: Line, words: str, expected: str | None) -> None:
    sender = some_number()
    assert line.text(sender, words).status_code == 200
    consents = line.rows("select status from public.consents where tenant_id = %s and address = %s", sender)
    assert {row["status"] for row in consents} == ({expected} if expected else set())
    assert len(line.messages(sender)) == 1


def test_stop_counts_for_every_number_of_the_company_and_start_lifts_it(line: Line) -> None:
    sender = some_number()
    line.text(sender, "stop")
    opted_out = "select opted_out from public.conversations where tenant_id = %s and their_number = %s"
    assert [row["opted_out"] for row in line.rows(opted_out, sender)] == [True]
    line.text(sender, "Start")
    assert [row["opted_out"] for row in line.rows(opted_out, sender)] == [False]


def test_keywords_are_answered_once_and_only_where_the_provider_does_not(new_line: Callable[[str], Line]) -> None:
    ours = new_line("Answering Plumbing")
    assert ours.text(some_number(), "HELP").text == EMPTY_TWIML
    ours.http.patch(
        f"{ours.stack.supabase_url}/rest/v1/phone_numbers?e164=eq.{ours.number.replace('+', '%2B')}",
        json={"provider_answers_keywords": False},
        headers=ours.company.owner.headers,
    ).raise_for_status()
    form = inbound_text(ours.account, some_number(), "STOP")
    replies = [ET.fromstring(ours.deliver(form).content).findall("Message") for _ in range(2)]  # noqa: S314
    assert [len(found) for found in replies] == [1, 0]
    assert "Answering Plumbing" in (replies[0][0].text or "")


def test_media_is_noted_and_not_fetched(line: Line) -> None:
    sender, media = some_number(), "ME" + "a" * 32
    url = f"https://api.twilio.com/2010-04-01/Accounts/{line.account.sid}/Messages/MM1/Media/{media}"
    line.text(sender, "", MessageSid=new_sid("MM"), NumMedia="1", MediaUrl0=url, MediaContentType0="image/jpeg")
    (message,) = line.messages(sender)
    assert message["media"] == [{"sid": media, "content_type": "image/jpeg", "url": url}]


def test_a_text_is_seen_by_its_own_company_only(line: Line, rival: Line) -> None:
    sender = some_number()
    line.text(sender, "for Foothill")
    for company, expected in ((line, 1), (rival, 0)):
        found = line.http.get(
            f"{line.stack.supabase_url}/rest/v1/sms_messages?from_number=eq.%2B{sender[1:]}",
            headers=company.company.owner.headers,
        )
        assert len(found.raise_for_status().json()) == expected


def test_no_text_is_lost_while_tokens_are_rotated(
    new_line: Callable[[str], Line], save_tokens: Callable[[Company, TwilioAccount, str | None], None]
) -> None:
    """Twilio promotes the next token when it likes, and the row may change while every process has it cached."""
    old = new_line("Rotating Heating")
    new = old.with_token("n" * 32)
    assert old.text(some_number()).status_code == 200  # cached now
    save_tokens(old.company, old.account, new.account.token)
    assert [sender.text(some_number()).status_code for sender in (old, new, old, new)] == [200] * 4
    save_tokens(old.company, new.account, None)
    assert new.text(some_number()).status_code == 200
    newest = old.with_token("m" * 32)
    save_tokens(old.company, newest.account, None)
    assert [newest.text(some_number()).status_code for _ in range(4)] == [200] * 4
    assert old.text(some_number()).status_code == 403
