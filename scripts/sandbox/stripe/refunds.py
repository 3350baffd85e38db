"""Refunds: checked against what is left of the charge; some wait or fail later, as their test cards say."""

from scripts.sandbox.stripe import balance
from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.cards import CARDS
from scripts.sandbox.stripe.clock import DAY
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.listing import list_objects
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create(call: Call) -> Json:
    """Refund a charge, or what an intent charged, wholly or in part."""
    fields = call.fields
    fields.only("charge", "payment_intent", "amount", "reason", "metadata")
    charge = _wanted_charge(call)
    amount = _amount(charge, fields.integer("amount"))
    reason = fields.choice("reason", *_REASONS) if fields.text("reason") else None
    return refund(call.stripe, call.account, charge, amount, reason=reason, metadata=fields.metadata())


def refund(
    stripe: Stripe, account: str, charge: Json, amount: int, *, reason: str | None, metadata: dict[str, str]
) -> Json:
    """Give back `amount` of a charge that has as much left, and tell."""
    fate = _fate(charge)
    status = "pending" if fate == "succeeds_later" else "succeeded"
    made = stripe.make(
        account,
        "refund",
        "re_3",
        amount=amount,
        balance_transaction=None,
        charge=charge["id"],
        currency=charge["currency"],
        destination_details={"type": charge["payment_method_details"]["type"]},
        metadata=metadata,
        payment_intent=charge["payment_intent"],
        reason=reason,
        receipt_number=None,
        source_transfer_reversal=None,
        status=status,
        transfer_reversal=None,
    )
    made = stripe.change(made, balance_transaction=balance.for_refund(stripe, account, made)["id"])
    stripe.tell(account, "charge.refunded", _add_refunded(stripe, charge, amount))
    stripe.tell(account, "refund.created", made)
    if fate == "succeeded":
        stripe.tell(account, "refund.updated", made)
    else:
        stripe.later(DAY, "refund_settles", account, made["id"])
    return made


def settle(stripe: Stripe, account: str, refund_id: str) -> None:
    """What a refund was waiting for happens: it succeeds, or it fails and the money comes back to the company."""
    waiting = stripe.find(account, "refund", refund_id)
    charge = stripe.find(account, "charge", waiting["charge"])
    if _fate(charge) == "fails_later":
        fail(stripe, account, refund_id)
    elif waiting["status"] == "pending":
        _tell_updated(stripe, account, stripe.change(waiting, status="succeeded"))


def fail(stripe: Stripe, account: str, refund_id: str) -> None:
    """The customer's bank returns a refund."""
    refund = stripe.find(account, "refund", refund_id)
    if refund["status"] == "failed":
        return
    charge = stripe.find(account, "charge", refund["charge"])
    _add_refunded(stripe, charge, -refund["amount"])
    booked = balance.for_failed_refund(stripe, account, refund)["id"]
    failed = stripe.change(
        refund, status="failed", failure_reason="expired_or_canceled_card", failure_balance_transaction=booked
    )
    stripe.tell(account, "refund.failed", failed)
    _tell_updated(stripe, account, failed)


def retrieve(call: Call) -> Json:
    """Answer one refund."""
    return call.stripe.find(call.account, "refund", call.subject)


def list_refunds(call: Call) -> Json:
    """Answer refunds, of one charge or one intent."""
    return list_objects(call, "refund", "/v1/refunds", "charge", "payment_intent")


def _wanted_charge(call: Call) -> Json:
    """Return the charge to refund, which must have succeeded."""
    intent_id, charge_id = call.fields.text("payment_intent"), call.fields.text("charge")
    if (intent_id is None) == (charge_id is None):
        message = "One of the following params should be provided for this request: payment_intent or charge."
        raise Refusal(400, message, code="parameter_missing", param="charge")
    if intent_id is not None:
        intent = call.stripe.find(call.account, "payment_intent", intent_id, "payment_intent")
        if intent["status"] != "succeeded":
            message = f"This PaymentIntent ({intent_id}) does not have a successful charge to refund."
            raise Refusal(400, message, param="payment_intent")
        charge_id = intent["latest_charge"]
    charge = call.stripe.find(call.account, "charge", str(charge_id), "charge")
    if charge["status"] != "succeeded":
        raise Refusal(400, f"Charge {charge_id} has not succeeded and cannot be refunded.", param="charge")
    if charge["disputed"]:
        message = f"Charge {charge_id} has been charged back; cannot issue a refund."
        raise Refusal(400, message, code="charge_disputed", param="charge")
    return charge


def _amount(charge: Json, asked: int | None) -> int:
    """Return how much to refund; raises when it is more than what is left."""
    left: int = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise Refusal(400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if asked is not None and asked < 1:
        raise Refusal(400, "Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if asked is not None and asked > left:
        message = f"Refund amount ({_dollars(asked)}) is greater than unrefunded amount on charge ({_dollars(left)})"
        raise Refusal(400, message, param="amount")
    return left if asked is None else asked


def _add_refunded(stripe: Stripe, charge: Json, amount: int) -> Json:
    refunded = stripe.fresh(charge)["amount_refunded"] + amount
    return stripe.change(charge, amount_refunded=refunded, refunded=refunded == charge["amount"])


def _fate(charge: Json) -> str:
    """Bank debits are refunded by transfer, which takes its time."""
    card = CARDS.get(charge.get("_card", ""))
    return card.refund if card else "succeeds_later"


def _tell_updated(stripe: Stripe, account: str, refund: Json) -> None:
    stripe.tell(account, "refund.updated", refund)
    stripe.tell(account, "charge.refund.updated", refund)


def _dollars(cents: int) -> str:
    return f"${cents / 100:.2f}"


ROUTES = [
    api_route("/refunds", "POST", create),
    api_route("/refunds", "GET", list_refunds),
    api_route("/refunds/{id}", "GET", retrieve),
]
