"""The door to the mail server: what its settings may say, what a mail looks like, and what becomes of failures."""

from __future__ import annotations

import secrets
from email import message_from_string, policy
from email.message import EmailMessage

import httpx
import pytest

from service.mail.invitation import invitation_words
from service.mail.post import Post, make_post
from service.mail.relay import Relay, parse_relay, parse_sender
from tests.service.settings_values import make_settings
from tests.support.stack import RunningStack

INVITATION = {
    "company": "Ridgeline\nPlumbing & <Heating>",
    "inviter": "Ana María",
    "display_name": "Dana",
    "expires_at": "2026-03-08T05:30:00+00:00",
    "timezone": "America/Denver",
}
LINK = "https://crm.ridgeline.test/invite#secret"


def received(stack: RunningStack, recipient: str) -> EmailMessage:
    """The one mail that the mailbox holds for an address."""
    mailbox = f"{stack.mailbox_url}/api/v1"
    found = httpx.get(f"{mailbox}/search", params={"query": f"to:{recipient}"}).raise_for_status().json()
    (message,) = found["messages"]
    raw = httpx.get(f"{mailbox}/message/{message['ID']}/raw").raise_for_status().text
    return message_from_string(raw, policy=policy.default)


@pytest.mark.parametrize(
    ("url", "relay"),
    [
        ("smtp://mail.test", Relay("mail.test", 587, "", "", "starttls")),
        ("smtp://mail.test?tls=implicit", Relay("mail.test", 465, "", "", "implicit")),
        ("smtp://a%40b.test:p%2Fw@mail.test:2525/?tls=none", Relay("mail.test", 2525, "a@b.test", "p/w", "none")),
    ],
)
def test_where_the_server_is(url: str, relay: Relay) -> None:
    assert parse_relay(url) == relay


@pytest.mark.parametrize("url", ["mail.test:25", "https://mail.test", "smtp://", "smtp://mail.test?tls=maybe"])
def test_what_is_no_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"^(must look like smtp:|tls must be)"):
        parse_relay(url)


def test_only_this_machine_may_be_spoken_to_in_the_open() -> None:
    assert parse_relay("smtp://127.0.0.1?tls=none").is_private
    assert parse_relay("smtp://mail.test").is_private
    assert not parse_relay("smtp://mail.test?tls=none").is_private


@pytest.mark.parametrize("sender", ["", "FieldLite", "FieldLite <>", "a@b@c"])
def test_what_is_no_sender_is_refused(sender: str) -> None:
    with pytest.raises(ValueError, match="must look like FieldLite"):
        parse_sender(sender)


def test_the_words_of_an_invitation() -> None:
    words = invitation_words(INVITATION, LINK)
    assert words.subject == "Ana María invites you to Ridgeline Plumbing & <Heating>"
    assert LINK in words.text
    assert "ends on Saturday, 7 March 2026" in words.text  # by the company's own clock
    assert f'<a href="{LINK}">' in words.html
    assert "Plumbing &amp; &lt;Heating&gt;" in words.html


def test_a_mail_arrives_as_it_was_written(stack: RunningStack) -> None:
    post = make_post(
        make_settings(smtp_url=stack.settings_env["FIELDLITE_SMTP_URL"], mail_from="FieldLite <no-reply@crm.test>")
    )
    recipient = f"{secrets.token_hex(6)}@people.example"
    assert post.send(recipient, *invitation_words(INVITATION, LINK)) is True
    mail = received(stack, recipient)
    assert mail["From"] == "FieldLite <no-reply@crm.test>"
    assert mail["Subject"] == "Ana María invites you to Ridgeline Plumbing & <Heating>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@crm.test>")
    assert not [header for header in mail if header.lower().startswith("list-")]
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert LINK in text.get_content()
    assert f'href="{LINK}"' in html.get_content()


@pytest.mark.parametrize("recipient", ["not an address", "a@people.example\nBcc: b@people.example", ""])
def test_an_address_that_no_header_can_hold_is_a_mail_not_sent(stack: RunningStack, recipient: str) -> None:
    post = Post(parse_relay(stack.settings_env["FIELDLITE_SMTP_URL"]), parse_sender("no-reply@crm.test"))
    assert post.send(recipient, "Subject", "text", "<p>html</p>") is False


def test_without_a_server_nothing_is_sent_and_it_is_said() -> None:
    assert make_post(make_settings()).send("dana@people.example", "Subject", "text", "<p>html</p>") is False


def test_a_server_without_encryption_does_not_get_a_password(stack: RunningStack) -> None:
    """The mailbox offers no STARTTLS: whoever stands between could have taken the offer away."""
    url = stack.settings_env["FIELDLITE_SMTP_URL"].replace("?tls=none", "?tls=starttls").replace("//", "//user:secret@")
    post = Post(parse_relay(url), parse_sender("no-reply@crm.test"))
    assert post.send("dana@people.example", "Subject", "text", "<p>html</p>") is False
