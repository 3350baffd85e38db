"""What happens at the same moment in two connections ends as if one had come after the other."""

from __future__ import annotations

import uuid
from typing import Any

from tests.database.actors import ask
from tests.database.companies import CUSTOMER, claim, count, deliver, receive, write
from tests.database.concurrently import Work, company_of, together


def test_one_event_delivered_at_once_is_applied_once(clone_url: str) -> None:
    """Five deliveries of one text: one row, one unread."""
    look, company = company_of(clone_url)
    with look:
        outcomes = together(clone_url, [lambda c: receive(c, company, "Hello", sid="SM1")[0]] * 5)
        assert sorted(outcomes) == ["applied"] + ["duplicate"] * 4
        assert count(look, "sms_messages", company) == 1
        assert look.execute("select unread_count from public.conversations").fetchall() == [(1,)]


def test_first_texts_of_one_person_to_two_numbers_make_one_lead(clone_url: str) -> None:
    """Whichever comes first."""
    look, company = company_of(clone_url)

    def first_text(number: str) -> Work:
        fields = {
            "sid": f"SM{uuid.uuid4().hex}",
            "from": CUSTOMER,
            "to": number,
            "body": "Hi",
            "segments": 1,
            "media": [],
        }
        return lambda connection: deliver(connection, company, "sms", f"sms:{fields['sid']}", fields)

    with look:
        together(clone_url, [first_text(f"+130355501{n:02}") for n in range(8)])
        assert count(look, "contacts", company) == 1
        assert count(look, "conversations", company) == 8


def test_a_text_is_claimed_by_one_worker(clone_url: str) -> None:
    """Four workers drain one number: each text is claimed once."""
    look, company = company_of(clone_url)
    with look:
        look.execute("update public.phone_numbers set sending_segments_per_second = 1000")
        for _ in range(20):
            assert write(look, company, "Hi").state is None
        claims = together(clone_url, [lambda c, w=f"w{n}": claim(c, company, worker=w) for n in range(4)])  # type: ignore[misc]
        claimed = [row["message_id"] for rows in claims for row in rows]
        assert len(claimed) == len(set(claimed)) == 20


def test_two_owners_cannot_remove_each_other(clone_url: str) -> None:
    """One of them stays."""
    look, company = company_of(clone_url)
    first, second = company.people["owner"], company.people["manager"]
    with look:
        look.execute("update public.memberships set role = 'owner' where user_id = %s", [second.user_id])

        def remove(actor: Any, other: Any) -> Work:
            return lambda c: ask(c, actor, "select public.deactivate_member(%s)", [other.user_id], keep=True).detail

        details = together(clone_url, [remove(first, second), remove(second, first)])
        assert None in details
        left = look.execute(
            "select count(*) from public.memberships where role = 'owner' and deactivated_at is null"
        ).fetchone()
        assert left == (1,)


def test_a_stop_and_a_send_at_once_end_in_order(clone_url: str) -> None:
    """Either the text was refused, or it was blocked or claimed before the STOP came: it never waits on."""
    look, company = company_of(clone_url)
    with look:
        receive(look, company, "Hello")
        together(clone_url, [lambda c: receive(c, company, "STOP"), *[lambda c: write(c, company, "Hi")] * 4])
        together(clone_url, [lambda c: claim(c, company)])
        waiting = look.execute(
            "select count(*) from public.sms_messages where status in ('queued', 'sending')"
        ).fetchone()
        assert waiting == (0,)
