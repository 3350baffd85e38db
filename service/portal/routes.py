"""`/i/<token>`: an invoice for the customer who holds its link. Only a POST changes anything but "was seen"."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.context import services_of_app
from service.errors import DomainError
from service.pdf.render import render_pdf
from service.portal import messages
from service.portal.answers import shape_answers
from service.portal.invoice import Link, PublicInvoice, read_link
from service.portal.notices import Notice
from service.portal.paying import payment_page, token_hash
from service.portal.printed import printed_invoice
from service.portal.view import make_page
from service.portal.viewers import is_person
from service.problems import status_of
from service.urls import invoice_page

blueprint = Blueprint(
    "portal", __name__, template_folder="templates", static_folder="static", static_url_path="/portal"
)
shape_answers(blueprint)

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 random bits as base64url; nothing else is worth a question to the database."""


@blueprint.get("/i/<token>")
def show(token: str) -> Response:
    """The invoice; whoever comes back from Stripe's page has `?paid=yes` or `?paid=no`."""
    link = _open(token, viewed=is_person(request.method, dict(request.headers)))
    return _invoice(token, _shown(link), returned=request.args.get("paid", ""))


@blueprint.get("/i/<token>/pay")
def back(token: str) -> AnyResponse:
    """A browser that reloads or restores the address of the button: nothing is paid by looking."""
    return redirect(url_for("portal.show", token=token), HTTPStatus.SEE_OTHER)


@blueprint.post("/i/<token>/pay")
def pay(token: str) -> AnyResponse:
    """On to Stripe's page, for the form's `amount` or for all that is owed; else the invoice, and why not."""
    services, amount = services_of_app(), request.form.get("amount")
    _shown(_open(token))
    try:
        url = payment_page(
            services.portal, services.require_payments(), token, amount, invoice_page(services.settings, token)
        )
    except DomainError as error:
        if not messages.belongs_on_invoice(error):
            raise
        notice = messages.refusal(error)
        return _invoice(token, _shown(_open(token)), notice=notice, amount=amount or "", status=status_of(error))
    return redirect(url, HTTPStatus.SEE_OTHER)


@blueprint.get("/i/<token>/pdf")
def pdf(token: str) -> Response:
    """The invoice on paper, made now and kept nowhere."""
    shown = _shown(_open(token))
    response = Response(render_pdf("invoice", printed_invoice(shown, datetime.now(UTC))), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="invoice-{shown.invoice.number}.pdf"'
    return response


def _open(token: str, *, viewed: bool = False) -> Link:
    """Where the link leads. Raises UnknownLink, DatabaseRefusal 429 and DatabaseUnavailable."""
    answer = None
    if TOKEN.fullmatch(token):
        answer = services_of_app().portal.call_value("portal_invoice", p_token_hash=token_hash(token), p_viewed=viewed)
    if answer is None:
        raise messages.UnknownLink
    return read_link(answer)


def _shown(link: Link) -> PublicInvoice:
    """The invoice behind a link that works; raises EndedLink for any other."""
    if link.shown is None:
        raise messages.EndedLink(link)
    return link.shown


def _invoice(
    token: str,
    shown: PublicInvoice,
    *,
    returned: str = "",
    notice: Notice | None = None,
    amount: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    can_charge = services_of_app().payments is not None
    page = make_page(shown, datetime.now(UTC), returned=returned, notice=notice, can_charge=can_charge)
    html = render_template(
        "portal/invoice.html",
        page=page,
        pay=url_for("portal.pay", token=token),
        pdf=url_for("portal.pdf", token=token),
        again=url_for("portal.show", token=token, paid="yes"),
        amount=amount,
        amount_refused=notice is not None and notice.about_amount,
    )
    return make_response(html, status)
