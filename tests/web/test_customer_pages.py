"""A customer's page when there is nothing to pay, who counts as having seen it, and how it looks to everybody."""

from __future__ import annotations

import re

import httpx
import psycopg
import pytest
from playwright.sync_api import expect

from tests.support.companies import Company, new_company, rest
from tests.support.invoices import Invoice, new_invoice
from tests.support.stack import ROOT, RunningStack
from tests.web.conftest import OpenCustomer
from tests.web.customers import Customer

Connection = psycopg.Connection[tuple[object, ...]]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"


def test_links_that_ended_or_never_were_say_what_to_do(
    stack: RunningStack, phone: OpenCustomer, database: Connection, paid_company: Company, invoice: Invoice
) -> None:
    ours = phone()
    ours.window.expected |= {404, 410}
    rest(stack, paid_company.owner, "POST", "rpc/revoke_invoice_links", {"p_invoice": str(invoice.id)})
    ours.page.reload()
    expect(ours.page.get_by_role("heading")).to_have_text("This link was withdrawn")
    database.execute(
        "update public.document_links set revoked_at = null, expires_at = now() - interval '1 minute' "
        "where invoice_id = %s",
        (invoice.id,),
    )
    ours.page.reload()
    expect(ours.page.get_by_role("heading")).to_have_text("This link has expired")
    expect(ours.page.get_by_text("Ridgeline Plumbing & Heating").first).to_be_visible()
    expect(ours.page.get_by_text("$600.00")).to_have_count(0)
    ours.window.open(f"/i/{'x' * 43}")
    expect(ours.page.get_by_role("heading")).to_have_text("There is nothing here")


def test_a_void_invoice_asks_for_nothing(
    stack: RunningStack, phone: OpenCustomer, paid_company: Company, invoice: Invoice
) -> None:
    ours = phone()
    ours.window.expected.add(409)
    rest(stack, paid_company.owner, "POST", "rpc/void_invoice", {"p_invoice": str(invoice.id)})
    ours.button("Pay $600.00").click()  # of the page from before
    expect(ours.page.get_by_text("This invoice was withdrawn")).to_be_visible()
    expect(ours.page.get_by_role("button")).to_have_count(0)


def test_a_company_without_stripe_says_how_else(stack: RunningStack, phone: OpenCustomer) -> None:
    unready = new_company(stack, "Not Ready Yet")
    ours = phone(new_invoice(stack, unready))
    expect(ours.page.get_by_text("Online payment is not ready yet")).to_be_visible()
    expect(ours.page.get_by_role("button")).to_have_count(0)


def test_only_a_persons_look_counts(stack: RunningStack, database: Connection, invoice: Invoice) -> None:
    address = f"{stack.web_url}/i/{invoice.token}"
    httpx.head(address, headers={"User-Agent": AGENT}).raise_for_status()
    httpx.get(address, headers={"User-Agent": "WhatsApp/2.23.20.0"}).raise_for_status()
    httpx.get(f"{address}/pdf", headers={"User-Agent": AGENT}).raise_for_status()
    seen = "select viewed_at from public.invoices where id = %s"
    assert database.execute(seen, (invoice.id,)).fetchone() == (None,)
    httpx.get(address, headers={"User-Agent": AGENT}).raise_for_status()
    first = database.execute(seen, (invoice.id,)).fetchone()
    assert first is not None
    assert first[0] is not None
    httpx.get(address, headers={"User-Agent": AGENT}).raise_for_status()
    assert database.execute(seen, (invoice.id,)).fetchone() == first


def test_the_paper_comes_from_the_page(stack: RunningStack, phone: OpenCustomer) -> None:
    ours = phone()
    link = ours.page.get_by_role("link", name=re.compile("as PDF"))
    paper = httpx.get(stack.web_url + (link.get_attribute("href") or ""))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_opening_a_link_without_end_is_slowed_down(stack: RunningStack, invoice: Invoice) -> None:
    with httpx.Client(base_url=stack.web_url) as http:
        answers = [http.head(f"/i/{invoice.token}").status_code for _ in range(70)]
    assert answers[0] == 200
    assert answers[-1] == 429


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_the_smallest_phone(
    phone: OpenCustomer, paid_company: Company, stack: RunningStack, scheme: str
) -> None:
    """By axe, at 320 px, in each state that has a look of its own. Scripts are on for axe alone."""
    paid = new_invoice(stack, paid_company)
    payer = phone(paid)
    payer.go_to_pay("Pay $125.00")
    payer.pay_by_bank()
    payer.see("Payment on its way")
    ours = phone(scheme=scheme, scripts=True)
    ours.window.expected |= {404, 422}
    ours.page.set_viewport_size({"width": 320, "height": 640})
    assert_accessible(ours)
    ours.go_to_pay_amount("lots")
    assert_accessible(ours)
    for path in (f"{ours.path}?paid=yes", f"{ours.path}?paid=no", f"/i/{paid.token}", "/i/nothing"):
        ours.window.open(path)
        assert_accessible(ours)


def assert_accessible(looked_at: Customer) -> None:
    """The page has no finding of axe, and nothing that sticks out."""
    page = looked_at.page
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
