"""However a send ends, it ends in one outcome, and only what is proven not to have left may be tried again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
import responses

from service.settings import Settings
from service.telephony import client as client_module
from service.telephony.client import TWILIO_API, twilio_client
from service.telephony.sending import NotSent, Outcome, Refused, Sent, Throttled, Unknown, send_text
from tests.sandbox.running import Sandbox, wait_for
from tests.support.companies import DEMO_ACCOUNT

CUSTOMER = "+13035550142"
URL = f"{TWILIO_API}/2010-04-01/Accounts/{DEMO_ACCOUNT.sid}/Messages.json"


def send(base_url: str = "", to_number: str = CUSTOMER, body: str = "Hi") -> Outcome:
    """Send one text from the demo company's number."""
    with twilio_client(base_url, DEMO_ACCOUNT.sid, DEMO_ACCOUNT.token) as client:
        return send_text(
            client,
            from_number=DEMO_ACCOUNT.numbers[0],
            to_number=to_number,
            body=body,
            status_callback="http://crm.test/status?message=1#rc=5&rp=all",
        )


def answered(status: int, body: str = "{}", headers: dict[str, str] | None = None) -> Outcome:
    """Send while Twilio answers so."""
    with responses.RequestsMock() as twilio:
        twilio.post(URL, status=status, body=body, headers=headers)
        return send()


def test_a_text_that_the_sandbox_takes_is_sent(configured: Settings, sandbox: Sandbox) -> None:
    outcome = send(configured.twilio_api_base_url, body="й" * 71)
    assert isinstance(outcome, Sent)
    assert (outcome.status, outcome.segments) == ("queued", 2)
    asked = sandbox.get("requests")["requests"][0]["parameters"]
    assert asked["StatusCallback"] == "http://crm.test/status?message=1#rc=5&rp=all"
    assert wait_for(lambda: sandbox.texts_on(CUSTOMER))[0]["sid"] == outcome.sid


@pytest.mark.parametrize(("to_number", "code"), [("+13035550001", 21211), ("+13035550004", 21610), ("+1", 21211)])
def test_a_text_that_the_sandbox_refuses_is_refused_with_its_code(
    configured: Settings, to_number: str, code: int
) -> None:
    outcome = send(configured.twilio_api_base_url, to_number)
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert "Unable to create record" not in outcome.message


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("rate_limited", Throttled(1.0)),
        ("unavailable", NotSent("Twilio is out of service")),
        ("server_error", Unknown("HTTP 500")),
        ("server_error_after_accepting", Unknown("HTTP 500")),
    ],
)
def test_the_sandboxs_faults_are_told_apart(
    configured: Settings, sandbox: Sandbox, fault: str, expected: Outcome
) -> None:
    sandbox.switch(api_fault=fault, api_faults=1)
    assert send(configured.twilio_api_base_url) == expected


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, '{"code": 20003, "message": "Authenticate", "status": 401}', Refused(20003, "Authenticate")),
        (403, "not json", Refused(403, "Twilio answered 403")),
        (400, '{"type": "t", "title": "Bad", "status": 400, "code": 21211}', Refused(21211, "Bad")),
        (500, "{}", Unknown("HTTP 500")),
        (502, "<html>", Unknown("HTTP 502")),
        (504, '{"code": 20500, "message": "late", "status": 504}', Unknown("HTTP 504")),
        (503, "<html>", Unknown("HTTP 503")),
        (503, '{"code": 20503, "message": "closed", "status": 503}', NotSent("Twilio is out of service")),
        (201, "not json", Unknown("unreadable answer: JSONDecodeError")),
        (201, "", Unknown("the answer has no message SID")),
        (201, "{}", Unknown("the answer has no message SID")),
        (307, "", Unknown("HTTP 307")),
        (408, "", Unknown("HTTP 408")),
    ],
)
def test_each_answer_has_one_outcome(status: int, body: str, expected: Outcome) -> None:
    assert answered(status, body) == expected


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("0", 1.0), ("99999", 300.0), ("", 5.0), ("soon", 5.0)])
def test_throttling_says_when_to_come_back(header: str, seconds: float) -> None:
    body = '{"code": 20429, "message": "Too Many Requests", "status": 429}'
    assert answered(429, body, {"Retry-After": header}) == Throttled(seconds)


def test_a_request_that_nobody_listens_for_never_left() -> None:
    assert send("http://127.0.0.1:9") == NotSent("ConnectionError")


def test_a_name_that_does_not_exist_never_left() -> None:
    assert send("http://nowhere.invalid") == NotSent("ConnectionError")


def test_a_connection_that_takes_too_long_never_left() -> None:
    with responses.RequestsMock() as twilio:
        twilio.post(URL, body=requests.exceptions.ConnectTimeout())
        assert send() == NotSent("ConnectTimeout")


def test_an_answer_that_does_not_come_leaves_the_text_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "TIMEOUT_SECONDS", 0.2)
    with listener(b"") as url:
        assert send(url) == Unknown("ReadTimeout")


def test_a_connection_that_breaks_leaves_the_text_unknown() -> None:
    with listener(b"", close=True) as url:
        assert send(url) == Unknown("ConnectionError")


def test_an_answer_cut_short_leaves_the_text_unknown() -> None:
    with listener(b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"sid": "SM', close=True) as url:
        outcome = send(url)
    assert isinstance(outcome, Unknown)


@contextmanager
def listener(answer: bytes, *, close: bool = False) -> Iterator[str]:
    """Accept one connection, read the request, say `answer`, and close or keep silent."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)
                if not close:
                    done.wait(5)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        done.set()
        thread.join()
