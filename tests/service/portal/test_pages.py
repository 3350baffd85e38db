"""The pages over HTTP: private headers, friendly refusals, and nothing that a look changes."""

from __future__ import annotations

import hashlib
import re

import pytest
import structlog
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from service import request_log
from service.errors import DatabaseRefusal, DatabaseUnavailable
from service.payments.errors import PaymentsRefused, PaymentsUnavailable
from service.portal.answers import content_security_policy
from service.settings import Settings
from tests.service.portal.documents import TOKEN, StandIn, answer, paid_answer
from tests.service.portal.test_viewers import IPHONE
from tests.service.settings_values import make_settings

PATH = f"/i/{TOKEN}"


def look(customer: FlaskClient, path: str = PATH, agent: str = IPHONE) -> TestResponse:
    return customer.get(path, headers={"User-Agent": agent})


def request_id_on(response: TestResponse) -> bool:
    return response.headers["X-Request-Id"] in response.text


def assert_private(response: TestResponse) -> None:
    headers = response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    if response.mimetype == "text/html":
        assert "style-src 'self'; form-action 'self' https://checkout.stripe.com; " in policy
        assert "unsafe" not in policy


def test_the_invoice_is_a_private_page_without_a_script(customer: FlaskClient) -> None:
    response = look(customer)
    assert response.status_code == 200
    assert_private(response)
    for words in ("Invoice 1042", "Ridgeline Plumbing &amp; Heating", "Dana Example", "$600.00", "tel:+13035550100"):
        assert words in response.text
    assert not re.search(r"<script|javascript:|\son\w+=|style=", response.text)
    assert not re.search(r'(?:src|href)="(?!/|tel:)', response.text)


def test_the_policy_names_the_sandbox_where_there_is_one(settings: Settings) -> None:
    assert content_security_policy(settings).count("http") == 1
    played = make_settings(stripe_api_base_url="http://127.0.0.1:8010/stripe", stripe_secret_key="sk_test_x")
    assert "form-action 'self' https://checkout.stripe.com http://127.0.0.1:8010;" in content_security_policy(played)


def test_the_database_is_asked_by_hash_and_told_who_looked(customer: FlaskClient, database_says: StandIn) -> None:
    look(customer)
    look(customer, agent="WhatsApp/2.23.20.0")
    customer.head(PATH, headers={"User-Agent": IPHONE})
    look(customer, f"{PATH}/pdf")
    hashed = hashlib.sha256(TOKEN.encode()).digest()
    assert [(name, call["p_token_hash"], call["p_viewed"]) for name, call in database_says.calls] == [
        ("portal_invoice", hashed, viewed) for viewed in (True, False, False, False)
    ]


@pytest.mark.parametrize("token", ["short", "A" * 42, "A" * 44, "A" * 42 + "!", "A" * 42 + "é", "..", "%00"])
def test_what_cannot_be_a_link_is_not_even_looked_up(customer: FlaskClient, database_says: StandIn, token: str) -> None:
    response = look(customer, f"/i/{token}")
    assert response.status_code == 404
    assert database_says.calls == []


def test_an_unknown_link_says_what_to_do(customer: FlaskClient, database_says: StandIn) -> None:
    database_says.link = None
    for response in (look(customer), look(customer, f"{PATH}/pdf"), customer.post(f"{PATH}/pay")):
        assert response.status_code == 404
        assert "open it from the message again" in response.text
        assert_private(response)


@pytest.mark.parametrize(("state", "title"), [("expired", "has expired"), ("revoked", "was withdrawn")])
def test_an_ended_link_says_who_has_a_new_one_and_nothing_else(
    customer: FlaskClient, database_says: StandIn, state: str, title: str
) -> None:
    database_says.link = answer(state=state)
    for response in (look(customer), look(customer, f"{PATH}/pdf"), customer.post(f"{PATH}/pay")):
        assert response.status_code == 410
        assert title in response.text
        assert "tel:+13035550100" in response.text
        assert "$600.00" not in response.text
        assert "Dana" not in response.text
        assert_private(response)
    assert {name for name, _ in database_says.calls} == {"portal_invoice"}


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (DatabaseRefusal(429, "too_fast", "Too many tries."), 429, "wait a minute"),
        (DatabaseUnavailable(), 503, "our fault"),
        (RuntimeError("secret words"), 500, "our fault"),
        (DatabaseRefusal(410, "link_ended", "Gone."), 410, "for a new one"),
    ],
)
def test_failures_are_pages_too(
    customer: FlaskClient, database_says: StandIn, error: Exception, status: int, words: str
) -> None:
    database_says.refusal = error
    response = customer.post(f"{PATH}/pay")
    assert response.status_code == status
    assert words in response.text
    assert "secret words" not in response.text
    assert_private(response)
    assert request_id_on(response) == (status >= 500)
    assert ("Retry-After" in response.headers) == (status in {429, 503})


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (
            DatabaseRefusal(422, "amount_too_large", "That is more than what is left to pay."),
            422,
            "more than what is left",
        ),
        (DatabaseRefusal(422, "amount_too_small", "The smallest payment is 0.50."), 422, "smallest payment"),
        (PaymentsUnavailable(), 503, "does not work at the moment"),
        (PaymentsRefused("account_invalid"), 422, "does not work at the moment"),
    ],
)
def test_a_payment_that_is_refused_leads_back_to_the_invoice(
    customer: FlaskClient, database_says: StandIn, error: Exception, status: int, words: str
) -> None:
    database_says.refusal = error
    response = customer.post(f"{PATH}/pay", data={"amount": "9,999.00"})
    assert response.status_code == status
    assert "Invoice 1042" in response.text
    assert words in response.text
    assert 'role="alert"' in response.text
    assert 'value="9,999.00"' in response.text


def test_an_amount_goes_to_the_database_in_cents(customer: FlaskClient, database_says: StandIn) -> None:
    customer.post(f"{PATH}/pay", data={"amount": " $1,234.50 "})
    customer.post(f"{PATH}/pay")
    started = [call["p_amount_cents"] for name, call in database_says.calls if name == "start_payment"]
    assert started == [123450, None]


@pytest.mark.parametrize("amount", ["", "abc", "-5", "1e3", '"><script>alert(1)</script>'])
def test_what_is_no_amount_is_asked_again(customer: FlaskClient, database_says: StandIn, amount: str) -> None:
    response = customer.post(f"{PATH}/pay", data={"amount": amount})
    assert response.status_code == 422
    assert "Write an amount like 50 or 49.95." in response.text
    assert "<details open>" in response.text
    assert 'aria-describedby="amount-error"' in response.text
    assert "<script" not in response.text
    assert "start_payment" not in {name for name, _ in database_says.calls}


def test_paying_twice_shows_that_it_is_paid(customer: FlaskClient, database_says: StandIn) -> None:
    database_says.link = paid_answer()
    response = customer.post(f"{PATH}/pay")
    assert response.status_code == 409
    assert "Paid in full" in response.text
    assert "<form" not in response.text


def test_the_buttons_address_leads_back_to_the_invoice(customer: FlaskClient, database_says: StandIn) -> None:
    response = look(customer, f"{PATH}/pay")
    assert (response.status_code, response.headers["Location"]) == (303, PATH)
    assert database_says.calls == []


def test_words_of_customers_are_text_and_not_markup(customer: FlaskClient, database_says: StandIn) -> None:
    bad = '<img src=x onerror=alert(1)>"&'
    items = [{"description": bad, "quantity": 1, "unit_price": 600, "amount_cents": 60000}]
    database_says.link = answer(contact_name=bad, items=items, invoice={"memo": bad})
    text = look(customer).text
    assert "<img" not in text
    assert text.count("&lt;img") == 3


def test_a_body_that_is_too_large_is_refused(customer: FlaskClient) -> None:
    assert customer.post(f"{PATH}/pay", data={"amount": "1" * 300_000}).status_code == 413


def test_the_pdf_is_private_and_named(customer: FlaskClient) -> None:
    response = look(customer, f"{PATH}/pdf")
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF-")
    assert response.headers["Content-Disposition"] == 'inline; filename="invoice-1042.pdf"'
    assert_private(response)
    assert "object-src 'self'" in response.headers["Content-Security-Policy"]  # or Chromium shows an empty page


def test_the_style_sheet_is_asked_for_again_and_not_sent_again(customer: FlaskClient) -> None:
    sheet = customer.get("/portal/portal.css", buffered=True)
    assert (sheet.status_code, sheet.mimetype, sheet.headers["Cache-Control"]) == (200, "text/css", "no-cache")
    again = customer.get("/portal/portal.css", headers={"If-None-Match": sheet.headers["ETag"]}, buffered=True)
    assert again.status_code == 304
    assert customer.get("/portal/routes.py").status_code == 404


def test_the_secret_of_a_link_is_not_in_the_log(customer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with capture_logs() as lines:
        monkeypatch.setattr(request_log, "_log", structlog.stdlib.get_logger())
        for path in (PATH, f"{PATH}/", f"{PATH}/pdf", f"{PATH}/other"):
            look(customer, path)
    assert [line["path"] for line in lines] == ["/i/[link]", "/i/[link]/", "/i/[link]/pdf", "/i/[link]/other"]
    assert TOKEN not in str(lines)
