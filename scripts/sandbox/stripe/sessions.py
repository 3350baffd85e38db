"""Checkout sessions: create, retrieve, list, expire (https://docs.stripe.com/api/checkout/sessions)."""

from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.clock import DAY, MINUTE
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.fields import Fields
from scripts.sandbox.stripe.line_items import check_total, read_line_items
from scripts.sandbox.stripe.listing import list_objects, plain_list
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.payments import cancel
from scripts.sandbox.stripe.store import Json, new_id

METHODS = ("card", "us_bank_account")
_CREATABLE = (
    "mode", "line_items", "success_url", "cancel_url", "client_reference_id", "customer", "customer_email",
    "customer_creation", "expires_at", "metadata", "payment_intent_data", "allowed_payment_method_types",
    "subscription_data", "payment_method_collection", "locale", "submit_type", "payment_method_options", "ui_mode",
    "allow_promotion_codes", "billing_address_collection",
)  # fmt: skip


def create(call: Call) -> Json:
    """Make a session with its payment page."""
    fields = call.fields
    fields.only(*_CREATABLE)
    fields.choice("ui_mode", "hosted_page")
    mode = fields.choice("mode", "payment", "subscription")
    items = read_line_items(call.account, fields, mode)
    total, currency = sum(item["amount_total"] for item in items), str(items[0]["currency"])
    check_total(total, currency)
    _check_account(call)
    session_id = new_id("cs_test_", 58)
    session = call.stripe.make(
        call.account,
        "checkout.session",
        "",
        **_shape(),
        id=session_id,
        amount_subtotal=total,
        amount_total=total,
        cancel_url=fields.address("cancel_url"),
        client_reference_id=fields.text("client_reference_id"),
        currency=currency,
        customer=_customer(call),
        customer_creation="if_required" if mode == "payment" else "always",
        customer_email=fields.text("customer_email"),
        expires_at=_expires_at(call),
        locale=fields.text("locale"),
        metadata=fields.metadata(),
        mode=mode,
        allowed_payment_method_types=fields.texts("allowed_payment_method_types") or None,
        payment_method_types=_methods(fields, mode),
        submit_type=fields.text("submit_type"),
        success_url=fields.required_address("success_url"),
        url=f"{call.base_url}/stripe/c/pay/{session_id}",
        _line_items=items,
        **_notes(fields),
    )
    ends_at = call.stripe.clock.from_real(session["expires_at"])
    call.stripe.agenda.add(ends_at, "session_expires", call.account, session_id)
    return session


def retrieve(call: Call) -> Json:
    """Answer one session."""
    return call.stripe.find(call.account, "checkout.session", call.subject, "session")


def list_sessions(call: Call) -> Json:
    """Answer sessions."""
    filters = ("customer", "payment_intent", "status", "subscription")
    return list_objects(call, "checkout.session", "/v1/checkout/sessions", *filters)


def line_items(call: Call) -> Json:
    """Answer what a session sells."""
    call.fields.only("limit")
    return plain_list(f"/v1/checkout/sessions/{call.subject}/line_items", retrieve(call)["_line_items"])


def expire(call: Call) -> Json:
    """End an open session."""
    session = retrieve(call)
    if session["status"] != "open":
        message = (
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of'
            f" `{session['status']}`."
        )
        raise Refusal(400, message, param="session")
    return expire_session(call.stripe, call.account, session)


def expire_session(stripe: Stripe, account: str, session: Json) -> Json:
    """End an open session and the intent that it may have; nobody can pay it any more."""
    expired = stripe.change(session, status="expired", url=None)
    if session["payment_intent"]:
        cancel(stripe, account, stripe.find(account, "payment_intent", session["payment_intent"]), "expired")
    stripe.tell(account, "checkout.session.expired", expired)
    return expired


def _check_account(call: Call) -> None:
    """Refuse direct charges of an account that may not charge yet."""
    if call.account == PLATFORM:
        return
    if not call.stripe.find(PLATFORM, "account", call.account)["charges_enabled"]:
        raise Refusal(400, "Your account cannot currently make charges. Finish your account's onboarding first.")


def _customer(call: Call) -> str | None:
    customer = call.fields.text("customer")
    return call.stripe.find(call.account, "customer", customer, "customer")["id"] if customer else None


def _expires_at(call: Call) -> int:
    """Return when the session ends, in the real time that the caller knows."""
    now, wanted = call.stripe.clock.real(), call.fields.integer("expires_at")
    if wanted is None:
        return now + DAY
    # A request that says "30 minutes from now" arrives a moment later.
    if not now + 29 * MINUTE <= wanted <= now + DAY + MINUTE:
        message = "The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from now."
        raise Refusal(400, message, param="expires_at")
    return wanted


def _methods(fields: Fields, mode: str) -> list[str]:
    wanted = fields.texts("allowed_payment_method_types") or ["card"]
    unknown = [name for name in wanted if name not in METHODS]
    if unknown:
        raise Refusal(400, f"The sandbox does not play {', '.join(unknown)}", param="allowed_payment_method_types")
    return ["card"] if mode == "subscription" else wanted


def _notes(fields: Fields) -> Json:
    """Return what the session keeps for the intent or the subscription that it will make."""
    intent, subscription = fields.group("payment_intent_data"), fields.group("subscription_data")
    intent.only("metadata", "description", "receipt_email", "application_fee_amount", "statement_descriptor_suffix")
    subscription.only("metadata", "description", "trial_period_days", "trial_end", "trial_settings")
    return {
        "_intent": {
            "metadata": intent.metadata(),
            "description": intent.text("description"),
            "receipt_email": intent.text("receipt_email"),
            "application_fee_amount": intent.integer("application_fee_amount"),
            "statement_descriptor_suffix": intent.text("statement_descriptor_suffix"),
        },
        "_subscription": {
            "metadata": subscription.metadata(),
            "description": subscription.text("description"),
            "trial_days": subscription.integer("trial_period_days") or 0,
            "trial_end": subscription.integer("trial_end"),
        },
    }


def _shape() -> Json:
    """Return the fields that every session begins with."""
    return {
        "after_expiration": None,
        "allow_promotion_codes": None,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": None,
        "consent": None,
        "consent_collection": None,
        "custom_fields": [],
        "custom_text": {},
        "customer_details": None,
        "invoice": None,
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "payment_status": "unpaid",
        "recovered_from": None,
        "setup_intent": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "subscription": None,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "_error": "",
        "_payer": {"name": None, "email": None},
    }


ROUTES = [
    api_route("/checkout/sessions", "POST", create),
    api_route("/checkout/sessions", "GET", list_sessions),
    api_route("/checkout/sessions/{id}", "GET", retrieve),
    api_route("/checkout/sessions/{id}/expire", "POST", expire),
    api_route("/checkout/sessions/{id}/line_items", "GET", line_items),
]
