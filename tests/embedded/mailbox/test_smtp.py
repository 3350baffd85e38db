"""The SMTP port: what programs send with Python's smtplib arrives in the mailbox, whole, and is sent nowhere."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from supabase_local.mailbox.smtp import LARGEST_MAIL

from tests.embedded.stacks import PLAIN, StackInfo


@pytest.fixture
def smtp(stack_info: StackInfo) -> Iterator[smtplib.SMTP]:
    """A connection to the mailbox."""
    where = urlsplit(stack_info.smtp_url)
    with smtplib.SMTP(str(where.hostname), int(where.port or 0), timeout=20) as connection:
        yield connection


@pytest.fixture
def recipient() -> str:
    """An address that only this test writes to."""
    return f"ann-{uuid4().hex[:12]}@example.com"


def invitation(recipient: str) -> EmailMessage:
    """Return a mail with text, HTML and two files, one of them shown in the HTML."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ridgeline <team@example.com>", recipient, "Grüße ✓"
    message.set_content("Hi in text\n.a line that begins with a dot\n")
    message.add_alternative('<p>Hi <img src="cid:logo"></p>', subtype="html")
    message.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename='Übersicht "1".pdf')
    message.add_attachment(b"pixels", maintype="image", subtype="png", filename="logo.png", cid="<logo>")
    return message


def only_mail_to(info: StackInfo, recipient: str) -> dict[str, Any]:
    """Return the one mail to an address."""
    with httpx.Client(base_url=f"{info.mailbox_url}/api/v1", verify=PLAIN) as mailbox:
        [found] = mailbox.get("/search", params={"query": f"to:{recipient}"}).json()["messages"]
        return dict(mailbox.get(f"/message/{found['ID']}").json())


def test_a_mail_arrives_as_it_was_sent(stack_info: StackInfo, smtp: smtplib.SMTP, recipient: str) -> None:
    assert smtp.send_message(invitation(recipient)) == {}
    mail = only_mail_to(stack_info, recipient)
    assert mail["Subject"] == "Grüße ✓"
    assert mail["From"] == {"Name": "Ridgeline", "Address": "team@example.com"}
    assert mail["To"] == [{"Name": "", "Address": recipient}]
    assert mail["ReturnPath"] == "team@example.com"
    assert mail["Text"].splitlines() == ["Hi in text", ".a line that begins with a dot"]
    assert mail["HTML"].startswith("<p>Hi")


def test_attachments_are_listed_and_can_be_saved(stack_info: StackInfo, smtp: smtplib.SMTP, recipient: str) -> None:
    smtp.send_message(invitation(recipient))
    mail = only_mail_to(stack_info, recipient)
    [pdf], [logo] = mail["Attachments"], mail["Inline"]
    assert (pdf["FileName"], pdf["ContentType"], pdf["Size"]) == ('Übersicht "1".pdf', "application/pdf", 6)
    assert logo["ContentID"] == "logo"
    with httpx.Client(base_url=stack_info.mailbox_url, verify=PLAIN) as mailbox:
        file = mailbox.get(f"/api/v1/message/{mail['ID']}/part/{pdf['PartID']}")
        assert file.content == b"%PDF-1"
        assert file.headers["content-disposition"].startswith("attachment;")
        assert mailbox.get(f"/api/v1/message/{mail['ID']}/part/99").status_code == 404
        assert "Übersicht &quot;1&quot;.pdf" in mailbox.get(f"/view/{mail['ID']}").text


def test_recipients_that_no_header_names_are_shown(stack_info: StackInfo, smtp: smtplib.SMTP, recipient: str) -> None:
    smtp.send_message(invitation("everybody@example.com"), to_addrs=["everybody@example.com", recipient])
    assert only_mail_to(stack_info, recipient)["Bcc"] == [{"Name": "", "Address": recipient}]


def test_a_mail_that_is_too_large_is_refused_and_the_next_one_taken(
    stack_info: StackInfo, smtp: smtplib.SMTP, recipient: str
) -> None:
    smtp.ehlo()
    assert smtp.esmtp_features["size"] == str(LARGEST_MAIL)
    assert smtp.mail("ann@example.com", [f"size={LARGEST_MAIL + 1}"])[0] == 552
    smtp.send_message(invitation(recipient))
    assert only_mail_to(stack_info, recipient)["Attachments"]


@pytest.mark.parametrize(
    "raw",
    [
        b"no header at all",
        b"Content-Type: text/plain; charset=martian\r\n\r\nhi \xff",
        b"From: =?utf-8?q?=ff?= <<>\r\nTo: ,;:\r\nContent-Type: multipart/mixed\r\n\r\n",
        b"Bcc: =?\r\nMessage-ID: <[@]>\r\nSubject: =?x?y?z?=\r\n\r\nhi",
    ],
)
def test_odd_mails_are_kept_and_shown(stack_info: StackInfo, smtp: smtplib.SMTP, recipient: str, raw: bytes) -> None:
    smtp.sendmail("odd@example.com", [recipient], raw)
    mail = only_mail_to(stack_info, recipient)
    assert httpx.get(f"{stack_info.mailbox_url}/view/{mail['ID']}", verify=PLAIN).status_code == 200


def test_nothing_listens_beyond_loopback(stack_info: StackInfo) -> None:
    where = urlsplit(stack_info.smtp_url)
    assert where.hostname == "127.0.0.1"
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", int(where.port or 0)), 5):
        pass
