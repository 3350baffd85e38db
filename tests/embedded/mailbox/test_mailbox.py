"""The mailbox: what was sent can be read by people and by tests, and by nobody's script."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from supabase_local.mailbox.store import Mailbox

from tests.embedded.stacks import PLAIN, StackInfo


def mail(recipient: str = "ann@example.com", subject: str = "Hello", html: str = "<p>Hi</p>") -> EmailMessage:
    """Return a mail with both bodies."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Admin <admin@email.com>", recipient, subject
    message.set_content("Hi in text")
    message.add_alternative(html, subtype="html")
    return message


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """An empty mailbox in a folder that does not exist yet."""
    return Mailbox(tmp_path / "data" / "mailbox.sqlite3")


def test_mails_survive_a_restart(mailbox: Mailbox, tmp_path: Path) -> None:
    mail_id = mailbox.add(mail())
    again = Mailbox(tmp_path / "data" / "mailbox.sqlite3").find(mail_id)
    assert again is not None
    assert again.message["subject"] == "Hello"


@pytest.fixture
def box(stack_info: StackInfo) -> Iterator[httpx.Client]:
    """The mailbox of the shared stack, emptied, with three mails that the stack's Auth could have sent."""
    stored = Mailbox(stack_info.data_dir / "mailbox.sqlite3")
    with httpx.Client(base_url=stack_info.mailbox_url, verify=PLAIN) as client:
        client.delete("/api/v1/messages")
        stored.add(mail("ann@example.com", "First"))
        stored.add(mail("bob@example.com", "Second of two"))
        stored.add(mail("ANN@example.com", "Third <b>", "<script>alert(1)</script><a href='https://a.com'>go</a>"))
        yield client
        client.delete("/api/v1/messages")


def subjects(answer: httpx.Response) -> list[str]:
    """Return the subjects of a list."""
    return [message["Subject"] for message in answer.json()["messages"]]


def test_mails_are_listed_newest_first_in_pages(box: httpx.Client) -> None:
    everything = box.get("/api/v1/messages").json()
    assert [message["Subject"] for message in everything["messages"]] == ["Third <b>", "Second of two", "First"]
    assert (everything["total"], everything["count"], everything["unread"]) == (3, 3, 3)
    page = box.get("/api/v1/messages", params={"start": 1, "limit": 1})
    assert subjects(page) == ["Second of two"]
    assert (page.json()["messages_count"], page.json()["start"]) == (3, 1)


def test_a_list_has_mailpits_members(box: httpx.Client) -> None:
    message = box.get("/api/v1/messages").json()["messages"][0]
    assert message["From"] == {"Name": "Admin", "Address": "admin@email.com"}
    assert message["To"] == [{"Name": "", "Address": "ANN@example.com"}]
    assert (message["Snippet"], message["Read"], message["Attachments"]) == ("Hi in text", False, 0)
    assert message["Created"].endswith("Z")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("to:ann@example.com", ["Third <b>", "First"]),
        ('to:"bob@example.com"', ["Second of two"]),
        ("subject:first", ["First"]),
        ('subject:"second of"', ["Second of two"]),
        ("from:admin to:bob", ["Second of two"]),
        ("text", ["Third <b>", "Second of two", "First"]),
        ("to:ann% ", []),
        ("time:12", []),
    ],
)
def test_search(box: httpx.Client, query: str, found: list[str]) -> None:
    answer = box.get("/api/v1/search", params={"query": query})
    assert subjects(answer) == found
    assert answer.json()["messages_count"] == len(found)


@pytest.mark.parametrize("query", ["is:unread", "-to:ann", "before:2020-01-01"])
def test_searches_beyond_the_supported_part_say_so(box: httpx.Client, query: str) -> None:
    assert box.get("/api/v1/search", params={"query": query}).status_code == 501
    assert box.delete("/api/v1/search", params={"query": query}).status_code == 501
    assert box.get("/api/v1/search").status_code == 400


def test_one_mail(box: httpx.Client) -> None:
    mail_id = box.get("/api/v1/messages").json()["messages"][2]["ID"]
    message = box.get(f"/api/v1/message/{mail_id}").json()
    assert (message["Subject"], message["Text"].strip(), message["HTML"].strip()) == (
        "First",
        "Hi in text",
        "<p>Hi</p>",
    )
    assert box.get("/api/v1/message/latest").json()["Subject"] == "Third <b>"
    assert box.get(f"/api/v1/message/{mail_id}/headers").json()["Subject"] == ["First"]
    assert "Subject: First" in box.get(f"/api/v1/message/{mail_id}/raw").text
    read = {one["Subject"]: one["Read"] for one in box.get("/api/v1/messages").json()["messages"]}
    assert read == {"First": True, "Second of two": False, "Third <b>": True}


def test_mails_are_marked_and_deleted(box: httpx.Client) -> None:
    ids = [message["ID"] for message in box.get("/api/v1/messages").json()["messages"]]
    box.put("/api/v1/messages", json={"IDs": ids[:1], "Read": True})
    assert box.get("/api/v1/messages").json()["unread"] == 2
    box.request("DELETE", "/api/v1/messages", json={"IDs": ids[:1]})
    assert subjects(box.get("/api/v1/messages")) == ["Second of two", "First"]
    box.delete("/api/v1/search", params={"query": "to:bob"})
    assert subjects(box.get("/api/v1/messages")) == ["First"]
    assert box.delete("/api/v1/messages").text == "ok"
    assert box.get("/api/v1/messages").json()["total"] == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"IDs": "x"}', b'{"IDs": [1]}'])
def test_bad_bodies_delete_nothing(box: httpx.Client, body: bytes) -> None:
    assert box.request("DELETE", "/api/v1/messages", content=body).status_code == 400
    assert box.get("/api/v1/messages").json()["total"] == 3


def test_unknown_mails_are_not_found(box: httpx.Client) -> None:
    for path in ("/api/v1/message/x", "/api/v1/message/x/raw", "/view/x", "/view/x.html"):
        assert box.get(path).status_code == 404


def test_the_page_lists_mails_as_text(box: httpx.Client) -> None:
    page = box.get("/").text
    assert "Third &lt;b&gt;" in page
    assert "<script" not in page


def test_a_mails_html_can_run_nothing(box: httpx.Client) -> None:
    mail_id = box.get("/api/v1/messages").json()["messages"][0]["ID"]
    page = box.get(f"/view/{mail_id}")
    assert f'src="/view/{mail_id}.html"' in page.text
    assert "<script" not in page.text
    framed = box.get(f"/view/{mail_id}.html")
    policy = framed.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy + page.text
    assert framed.text.startswith('<!doctype html><base target="_blank">')
    assert box.get(f"/view/{mail_id}.txt").text.strip() == "Hi in text"


def test_only_the_page_itself_empties_the_mailbox(box: httpx.Client) -> None:
    assert box.post("/clear", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert box.get("/api/v1/messages").json()["total"] == 3
    assert box.post("/clear", headers={"sec-fetch-site": "same-origin"}).headers["location"] == "/"
    assert box.get("/api/v1/messages").json()["total"] == 0
