"""Accounts and account links: create, retrieve, list."""

from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.accounts import new_account
from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.clock import MINUTE
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.listing import list_objects
from scripts.sandbox.stripe.store import Json, new_id

_CREATABLE = (
    "type", "country", "email", "default_currency", "business_type", "business_profile", "capabilities", "controller",
    "metadata", "settings", "company", "individual",
)  # fmt: skip


def create(call: Call) -> Json:
    """Make a connected account; what it says about its business does not shorten the onboarding here."""
    call.fields.only(*_CREATABLE)
    kind = call.fields.choice("type", "standard", "express", "custom", "none")
    controller = call.fields.group("controller").values
    return new_account(
        call.stripe,
        country=call.fields.text("country") or "US",
        email=call.fields.text("email"),
        kind=kind,
        controller={"type": "application", "is_controller": True, **controller},
        metadata=call.fields.metadata(),
    )


def retrieve(call: Call) -> Json:
    """Answer an account that still lets us in."""
    account = call.stripe.find(PLATFORM, "account", call.subject, "account")
    if account["_deauthorized"]:
        message = f"The provided key does not have access to account '{call.subject}' (or that account does not exist)."
        raise Refusal(403, message, code="account_invalid")
    return account


def list_accounts(call: Call) -> Json:
    """Answer the connected accounts."""
    return list_objects(call, "account", "/v1/accounts")


def create_link(call: Call) -> Json:
    """Make a link to the onboarding page; it ends after five minutes and then leads to the refresh address."""
    call.fields.only("account", "type", "return_url", "refresh_url", "collection_options", "collect")
    account = call.stripe.find(PLATFORM, "account", call.fields.required("account"), "account")
    call.fields.choice("type", "account_onboarding", "account_update")
    token = new_id("", 32)
    expires_at = call.stripe.clock.now() + 5 * MINUTE
    call.stripe.make(
        PLATFORM,
        "account_link",
        "",
        id=f"link_{token}",
        _account=account["id"],
        _return_url=call.fields.required_address("return_url"),
        _refresh_url=call.fields.required_address("refresh_url"),
        expires_at=expires_at,
    )
    url = f"{call.base_url}/stripe/onboarding/{token}"
    return {"object": "account_link", "created": call.stripe.clock.now(), "expires_at": expires_at, "url": url}


ROUTES = [
    api_route("/accounts", "POST", create),
    api_route("/accounts", "GET", list_accounts),
    api_route("/accounts/{id}", "GET", retrieve),
    api_route("/account_links", "POST", create_link),
]
