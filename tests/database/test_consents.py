"""STOP, START and HELP as law: the number's, not the contact's; the whole message, not a word in it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import Connection

from tests.database.actors import ask
from tests.database.companies import CUSTOMER, connect_twilio, conversation, receive, text, write
from tests.database.conftest import Company


@pytest.fixture(autouse=True)
def _connected(database: Connection[Any], ours: Company) -> None:
    connect_twilio(database, ours)


@pytest.mark.parametrize(
    "word",
    [
        "STOP",
        "stop",
        " Stop ",
        "STOP.",
        "StopAll",
        "unsubscribe",
        "CANCEL",
        "end",
        "QUIT",
        "revoke",
        "OptOut",
        "\nSTOP!\n",
    ],
)
def test_stop_words_opt_the_number_out(database: Connection[Any], ours: Company, word: str) -> None:
    """The next reply is refused by the database, in the screen's words."""
    receive(database, ours, word)
    refused = write(database, ours, "Hi")
    assert (refused.state, refused.detail) == ("PT409", "opted_out")
    assert "STOP" in (refused.message or "")


@pytest.mark.parametrize(
    "words",
    [
        "stop by at 5",
        "please stop",
        "Can you end the job today?",
        "help me",
        "start tomorrow",
        "cancel my 4pm",
        "Unstoppable",
    ],
)
def test_a_keyword_inside_a_sentence_is_a_customer_talking(
    database: Connection[Any], ours: Company, words: str
) -> None:
    """Neither out nor in."""
    receive(database, ours, words)
    assert write(database, ours, "Hi").state is None
    assert ask(database, ours.people["owner"], "select 1 from public.consents").rows == ()


def test_start_lifts_it(database: Connection[Any], ours: Company) -> None:
    """And both show in the thread, after the texts that caused them."""
    receive(database, ours, "STOP")
    receive(database, ours, "start")
    assert write(database, ours, "Welcome back").state is None
    seen = "select kind, coalesce(body, consent_status::text) from public.thread_entries order by at"
    rows = ask(database, ours.people["owner"], seen).rows
    assert [row for row in rows if row[0] == "consent"] == [("consent", "revoked"), ("consent", "granted")]
    assert ask(database, ours.people["owner"], "select opted_out from public.conversation_list").rows == ((False,),)


def test_stop_revokes_every_purpose_and_start_grants_no_marketing(database: Connection[Any], ours: Company) -> None:
    """Marketing needs written consent; START gives back only what the number had."""
    receive(database, ours, "STOP")
    receive(database, ours, "START")
    newest = database.execute(
        "select distinct on (purpose) purpose::text, status::text from public.consents "
        "where tenant_id = %s order by purpose, line desc",
        [ours.id],
    ).fetchall()
    assert dict(newest) == {"transactional": "granted", "marketing": "revoked", "recording": "revoked"}


def test_stop_holds_for_all_our_numbers_and_for_this_company_only(
    database: Connection[Any], ours: Company, theirs: Company
) -> None:
    """The number opted out of the company, whichever of its numbers it answered."""
    connect_twilio(database, theirs)
    receive(database, theirs, "Hello")
    receive(database, ours, "STOP")
    second = uuid.uuid4()
    database.execute(
        "insert into public.phone_numbers (id, tenant_id, e164) values (%s, %s, '+13035550101')", [second, ours.id]
    )
    row = database.execute(
        "select private.find_or_create_conversation(%s, %s, %s)", [ours.id, second, CUSTOMER]
    ).fetchone()
    assert row is not None
    assert write(database, ours, "Hi", into=row[0]).detail == "opted_out"
    assert write(database, theirs, "Hi").state is None


def test_texts_that_wait_are_blocked_by_stop(database: Connection[Any], ours: Company) -> None:
    """What became forbidden while it waited does not go out, and says why."""
    text_id = uuid.uuid4()
    write(database, ours, "Still waiting", text_id=text_id)
    receive(database, ours, "STOP")
    assert (text(database, text_id)["status"], text(database, text_id)["status_reason"]) == ("blocked", "opted_out")
    words = ask(
        database,
        ours.people["owner"],
        "select status_reason from public.thread_entries where subject_id = %s",
        [text_id],
    )
    assert "STOP" in words.rows[0][0]


def test_stop_twice_is_one_line(database: Connection[Any], ours: Company) -> None:
    """The ledger grows by changes only."""
    receive(database, ours, "STOP")
    receive(database, ours, "STOP")
    row = database.execute(
        "select count(*) from public.consents where tenant_id = %s and purpose = 'transactional'", [ours.id]
    ).fetchone()
    assert row == (1,)


def test_the_provider_answers_keywords_unless_we_must(database: Connection[Any], ours: Company) -> None:
    """No double reply; where Twilio's answers are off, one confirmation of ours."""
    assert receive(database, ours, "STOP")[1] is None
    assert receive(database, ours, "HELP")[1] is None
    database.execute(
        "update public.phone_numbers set provider_answers_keywords = false where tenant_id = %s", [ours.id]
    )
    for word, promise in (("HELP", "STOP"), ("START", "again"), ("STOP", "no more texts")):
        assert promise in (receive(database, ours, word)[1] or "")
    assert receive(database, ours, "Hello")[1] is None


def test_the_provider_saying_that_they_opted_out_is_as_good(database: Connection[Any], ours: Company) -> None:
    """Error 21610 writes the ledger."""
    text_id = uuid.uuid4()
    identifier = conversation(database, ours)
    write(database, ours, "Hi", text_id=text_id)
    database.execute("select backend.record_failed(%s, %s, 21610, 'unsubscribed recipient')", [ours.id, text_id])
    assert write(database, ours, "Hi", into=identifier).detail == "opted_out"


def test_the_ledger_cannot_be_rewritten(database: Connection[Any], ours: Company) -> None:
    """Browsers may read it, nothing else."""
    receive(database, ours, "STOP")
    for statement in ("delete from public.consents", "update public.consents set status = 'granted'"):
        assert ask(database, ours.people["owner"], statement).state == "42501"
