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


RECORD = "select public.record_consent(%s, %s, %s, %s, 'form-2026', 'on paper')"


def may(database: Connection[Any], company: Company, address: str, channel: str, purpose: str) -> tuple[Any, ...]:
    """What the predicate says to a bookkeeper."""
    question = "select allowed, code from public.may_message(%s, %s, %s)"
    rows = ask(database, company.people["bookkeeper"], question, [address, channel, purpose]).rows
    return rows[0]


def test_consent_is_recorded_by_people_and_one_predicate_reads_it(database: Connection[Any], ours: Company) -> None:
    """Per address, channel and purpose, with wording, note and author; a repeated line is not written."""
    estimator = ours.people["estimator"]
    assert may(database, ours, "ann@example.test", "email", "marketing") == (False, "no_consent")
    assert may(database, ours, "ann@example.test", "email", "transactional") == (True, None)
    for _ in range(2):
        wish = ["Ann@Example.test ", "email", "marketing", "granted"]
        assert ask(database, estimator, RECORD, wish, keep=True).state is None
    assert may(database, ours, "ann@example.test", "email", "marketing") == (True, None)
    assert may(database, ours, CUSTOMER, "sms", "marketing") == (False, "no_consent")
    lines = "select address, source, text_version, note, created_by from public.consents"
    assert ask(database, estimator, lines).rows == (
        ("ann@example.test", "person", "form-2026", "on paper", estimator.user_id),
    )
    assert ask(database, ours.people["bookkeeper"], RECORD, wish).detail == "not_allowed"
    assert ask(database, estimator, RECORD, ["0303", "sms", "marketing", "granted"]).detail == "bad_phone"


def test_only_the_customer_takes_a_stop_back(database: Connection[Any], ours: Company) -> None:
    """What a person withdrew, a person may grant again."""
    dispatcher = ours.people["dispatcher"]
    receive(database, ours, "STOP")
    grant = [CUSTOMER, "sms", "transactional", "granted"]
    assert ask(database, dispatcher, RECORD, grant).detail == "keyword_stop"
    withdraw = ["+13035550143", "voice", "transactional", "revoked"]
    assert ask(database, dispatcher, RECORD, withdraw, keep=True).state is None
    assert may(database, ours, "+13035550143", "voice", "transactional") == (False, "opted_out")
    assert ask(database, dispatcher, RECORD, [*withdraw[:3], "granted"], keep=True).state is None
    assert may(database, ours, "+13035550143", "voice", "transactional") == (True, None)


def test_an_opt_out_outlives_the_address(database: Connection[Any], ours: Company, theirs: Company) -> None:
    """Under a hash with the company's own key: the same number hashes differently elsewhere."""
    receive(database, ours, "STOP")
    database.execute(
        "update public.consents set address = private.address_hash(tenant_id, address) where tenant_id = %s", [ours.id]
    )
    refused = write(database, ours, "Hi")
    assert (refused.state, refused.detail) == ("PT409", "opted_out")
    hashes = database.execute(
        "select private.address_hash(%s, %s), private.address_hash(%s, %s)", [ours.id, CUSTOMER, theirs.id, CUSTOMER]
    ).fetchone()
    assert hashes is not None
    assert hashes[0] != hashes[1]
    receive(database, ours, "START")
    assert write(database, ours, "Hi again").state is None


def test_an_address_is_the_same_however_it_is_written(database: Connection[Any], ours: Company) -> None:
    """A ledger that is asked about Ann@Example.test knows ann@example.test."""
    dispatcher = ours.people["dispatcher"]
    ask(database, dispatcher, RECORD, [" Ann@Example.test", "email", "marketing", "revoked"], keep=True)
    for address in ("ann@example.test", "ANN@example.TEST "):
        assert may(database, ours, address, "email", "marketing")[1] == "opted_out"


def test_only_the_customer_takes_a_stop_back_also_after_an_erasure(database: Connection[Any], ours: Company) -> None:
    """The number's lines are under its hash then, and count as before."""
    receive(database, ours, "STOP")
    database.execute("select private.hide_addresses(%s, %s)", [ours.id, [CUSTOMER]])
    grant = [CUSTOMER, "sms", "transactional", "granted"]
    assert ask(database, ours.people["dispatcher"], RECORD, grant).detail == "keyword_stop"
