"""What is not signed by the company's own account changes nothing, and learns nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.support.companies import some_number
from tests.support.texts import inbound_text
from tests.webhooks.deliveries import Line


@pytest.fixture
def form(line: Line) -> dict[str, str]:
    return inbound_text(line.account, some_number(), "forged")


@pytest.fixture(autouse=True)
def nothing_is_written(line: Line, rival: Line) -> Iterator[None]:
    """Every test here ends with as many rows as it began."""
    before = line.counts(), rival.counts()
    yield
    assert (line.counts(), rival.counts()) == before


def refusals(line: Line, rival: Line, form: dict[str, str]) -> dict[str, httpx.Response]:
    body, path = urlencode(form).encode(), line.path()
    stranger, nonsense = line.path(tenant=uuid.uuid4()), line.path(tenant="no-company")
    return {
        "missing": line.post(path, body, None),
        "empty": line.post(path, body, ""),
        "forged": line.post(path, body, "A" * 28),
        "not ASCII": line.post(path, body, b"\xe9" * 28),
        "another company's token": line.post(path, body, rival.sign(path, form)),
        "another company's path": line.post(path, body, line.sign(rival.path(), form)),
        "a changed text": line.post(path, body, line.sign(path, {**form, "Body": "changed"})),
        "an added query": line.post(f"{path}?x=1", body, line.sign(path, form)),
        "another kind": line.post(line.path("status"), body, line.sign(path, form)),
        "an unknown company": line.post(stranger, body, line.sign(stranger, form)),
        "no company": line.post(nonsense, body, line.sign(nonsense, form)),
        "GET": line.http.get(f"{line.stack.service_url}{path}?{urlencode(form)}"),
    }


def test_every_refusal_is_the_same_answer(line: Line, rival: Line, form: dict[str, str]) -> None:
    answers = refusals(line, rival, form)
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)
    assert len({answer.content for answer in answers.values()}) == 1
    ignored = {"date", "x-request-id", "connection"}
    kept = [sorted((k, v) for k, v in answer.headers.items() if k not in ignored) for answer in answers.values()]
    assert all(headers == kept[0] for headers in kept)


def test_the_host_header_is_not_believed(line: Line, form: dict[str, str]) -> None:
    """Signed with the right token, for an address that only the request itself claims."""
    path = line.path()
    made = str(RequestValidator(line.account.token).compute_signature(f"http://evil.test{path}", form))
    headers = {"Host": "evil.test", "X-Forwarded-Host": "evil.test", "X-Twilio-Signature": made}
    assert line.http.post(line.stack.service_url + path, data=form, headers=headers).status_code == 403


def test_a_body_that_is_too_large_is_refused_before_anything_else(line: Line) -> None:
    body = b"Body=" + b"x" * (1024 * 1024)
    assert line.post(line.path(), body, None, "text/plain").status_code == 413


def test_a_body_of_unknown_length_is_limited_too(line: Line) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(64):
            yield b"x" * 16_384

    answer = line.http.post(
        line.stack.service_url + line.path(), content=chunks(), headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_another_type_is_refused_before_the_signature_is_looked_at(
    line: Line, form: dict[str, str], content_type: str
) -> None:
    body = urlencode(form).encode()
    assert line.post(line.path(), body, None, content_type).status_code == 415
    assert line.post(line.path(), body, line.sign(line.path(), form), content_type).status_code == 415


def test_no_secret_is_in_an_answer_or_in_a_log(line: Line, rival: Line, form: dict[str, str]) -> None:
    answers = refusals(line, rival, form)
    said = "".join(answer.text for answer in answers.values()) + line.stack.log("service")
    for secret in (line.account.token, rival.account.token, line.sign(line.path(), form), form["Body"]):
        assert secret not in said
