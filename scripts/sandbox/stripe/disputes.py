"""Disputes: a cardholder takes the money back through the bank, until the dispute is won or lost."""

from scripts.sandbox.stripe import balance
from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.clock import DAY
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.listing import list_objects
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json

_DAYS_TO_ANSWER = 7


def open_dispute(stripe: Stripe, account: str, charge: Json, amount: int | None = None) -> Json:
    """Dispute a charge, wholly or in part; raises Refusal when it was not paid or is disputed already."""
    wanted = charge["amount"] if amount is None else amount
    if charge["status"] != "succeeded" or charge["disputed"] or not 0 < wanted <= charge["amount"]:
        raise Refusal(400, f"{charge['id']} cannot be disputed for {wanted}", param="charge")
    dispute = stripe.make(
        account,
        "dispute",
        "du_1",
        amount=wanted,
        balance_transactions=[],
        charge=charge["id"],
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence={},
        evidence_details={
            "due_by": stripe.clock.now() + _DAYS_TO_ANSWER * DAY,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        is_charge_refundable=False,
        network_reason_code="10.4",
        payment_intent=charge["payment_intent"],
        payment_method_details=_method(charge),
        reason="fraudulent",
        status="needs_response",
    )
    stripe.change(charge, disputed=True)
    stripe.tell(account, "charge.dispute.created", dispute)
    withdrawn = stripe.change(dispute, balance_transactions=[balance.for_dispute(stripe, account, dispute)])
    stripe.tell(account, "charge.dispute.funds_withdrawn", withdrawn)
    return withdrawn


def close(stripe: Stripe, account: str, dispute: Json, status: str) -> Json:
    """End a dispute as won, when the money comes back, or lost; raises Refusal when it has ended before."""
    if dispute["status"] in {"won", "lost"}:
        raise Refusal(400, f"This dispute is already closed: {dispute['status']}", param="dispute")
    reviewed = stripe.change(dispute, status="under_review")
    stripe.tell(account, "charge.dispute.updated", reviewed, {"status": dispute["status"]})
    closed = stripe.change(reviewed, status=status)
    stripe.tell(account, "charge.dispute.closed", closed)
    if status == "lost":
        return closed
    booked = balance.for_won_dispute(stripe, account, closed)
    reinstated = stripe.change(closed, balance_transactions=[*closed["balance_transactions"], booked])
    stripe.tell(account, "charge.dispute.funds_reinstated", reinstated)
    return reinstated


def retrieve(call: Call) -> Json:
    """Answer one dispute."""
    return call.stripe.find(call.account, "dispute", call.subject, "dispute")


def list_disputes(call: Call) -> Json:
    """Answer disputes, of one charge or one intent."""
    return list_objects(call, "dispute", "/v1/disputes", "charge", "payment_intent")


def accept(call: Call) -> Json:
    """Close a dispute: the company accepts that it is lost."""
    return close(call.stripe, call.account, retrieve(call), "lost")


def _method(charge: Json) -> Json:
    details = charge["payment_method_details"]
    if details["type"] != "card":
        return {"type": details["type"]}
    card = {"brand": details["card"]["brand"], "case_type": "chargeback", "network_reason_code": "10.4"}
    return {"type": "card", "card": card}


ROUTES = [
    api_route("/disputes", "GET", list_disputes),
    api_route("/disputes/{id}", "GET", retrieve),
    api_route("/disputes/{id}/close", "POST", accept),
]
