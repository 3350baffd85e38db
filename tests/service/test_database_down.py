"""The database goes away while texts come in: 503 within two seconds, and ready again by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from service.database import Database
from service.errors import DatabaseUnavailable
from tests.service.processes import Wire, running_service
from tests.support.companies import SECOND_ACCOUNT, Company, new_company, some_number
from tests.support.stack import RunningStack
from tests.support.texts import inbound_text, post_signed

Send = Callable[[], httpx.Response]

IN_A_ROW = 12
"""Two processes share the port, each with a pool of its own: one of them had none of these in 1 of 2,000 runs."""


@pytest.fixture(scope="module")
def whole_wire(stack: RunningStack) -> Iterator[Wire]:
    made = Wire(stack.settings_env["FIELDLITE_DATABASE_URL_WEBHOOK"])
    yield made
    made.close()


@pytest.fixture
def wire(whole_wire: Wire) -> Iterator[Wire]:
    """The wire, mended after each test."""
    yield whole_wire
    whole_wire.mend()


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    return new_company(stack, "Unlucky Company", SECOND_ACCOUNT)


@pytest.fixture(scope="module")
def service_url(stack: RunningStack, whole_wire: Wire, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service whose both logins reach the database through the wire."""
    names = ("FIELDLITE_DATABASE_URL_WEBHOOK", "FIELDLITE_DATABASE_URL_PORTAL")
    through = {name: whole_wire.through(stack.settings_env[name]) for name in names}
    log = tmp_path_factory.mktemp("service") / "service.log"
    with running_service({**stack.settings_env, **through}, log) as url:
        yield url


@pytest.fixture
def send(stack: RunningStack, company: Company, service_url: str) -> Send:
    """A text comes in at that service; Twilio signed the public address."""
    through = replace(stack, service_url=service_url)

    def deliver() -> httpx.Response:
        form = inbound_text(SECOND_ACCOUNT, some_number(), "is anybody there?")
        return post_signed(through, company.tenant_id, "sms", form, SECOND_ACCOUNT.token)

    recovers(deliver, 10)  # from the test before this one
    return deliver


def timed(send: Send) -> tuple[int, float]:
    began = time.monotonic()
    return send().status_code, time.monotonic() - began


def recovers(send: Send, seconds: float) -> None:
    """Send until so many texts in a row are taken that every process of the service has had one."""
    until = time.monotonic() + seconds
    taken = 0
    while taken < IN_A_ROW:
        status = send().status_code
        assert status in {200, 503}
        assert time.monotonic() < until, "not ready again"
        taken = taken + 1 if status == 200 else 0


@pytest.mark.parametrize("fault", [Wire.cut, Wire.freeze], ids=["down", "frozen"])
def test_texts_get_503_within_two_seconds_and_are_taken_again_by_themselves(
    wire: Wire, send: Send, service_url: str, fault: Callable[[Wire], None]
) -> None:
    assert {send().status_code for _ in range(8)} == {200}
    fault(wire)
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: timed(send), range(40)))
    assert {status for status, _ in answers} == {503}
    assert timed(send)[1] < 2
    ready = httpx.get(f"{service_url}/api/v1/ready")
    assert (ready.status_code, ready.json()["code"]) == (503, "database_unavailable")
    assert httpx.get(f"{service_url}/api/v1/health").status_code == 200
    wire.mend()
    recovers(send, 8)
    assert httpx.get(f"{service_url}/api/v1/ready").status_code == 200


def test_one_text_that_meets_a_dead_database_waits_less_than_two_seconds(wire: Wire, send: Send) -> None:
    send()
    wire.cut()
    status, seconds = timed(send)
    assert (status, seconds < 2) == (503, True)


def test_a_database_that_restarted_between_two_texts_costs_none(wire: Wire, send: Send) -> None:
    """The connections that the pool holds are dead, and are noticed before they are used."""
    assert {send().status_code for _ in range(8)} == {200}
    wire.cut()
    wire.mend()
    time.sleep(0.1)
    assert {send().status_code for _ in range(8)} == {200}


def test_a_pool_opens_without_a_database_and_works_as_soon_as_there_is_one(stack: RunningStack, wire: Wire) -> None:
    """It does not pause between two tries for longer than a call waits for it."""
    wire.cut()
    database = Database(wire.through(stack.settings_env["FIELDLITE_DATABASE_URL_WEBHOOK"]), "tests")
    try:
        assert not any(answers(database) for _ in range(3))
        wire.mend()
        assert any(answers(database) for _ in range(2)), "still pausing"
    finally:
        database.close()


def answers(database: Database) -> bool:
    """Whether a call reaches the database."""
    try:
        database.ping()
    except DatabaseUnavailable:
        return False
    return True
