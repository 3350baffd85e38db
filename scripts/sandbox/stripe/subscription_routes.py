"""Subscriptions: retrieve, list, update, cancel; and billing portal sessions."""

from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.listing import PAGING, Conditions, page
from scripts.sandbox.stripe.plans import find_price
from scripts.sandbox.stripe.store import Json, new_id
from scripts.sandbox.stripe.subscriptions import ENDED, cancel, cancel_at_period_end, change_price, update


def retrieve(call: Call) -> Json:
    """Answer one subscription."""
    return call.stripe.find(call.account, "subscription", call.subject)


def list_subscriptions(call: Call) -> Json:
    """Answer subscriptions; those that are cancelled only when `status` asks for them or for `all`."""
    call.fields.only(*PAGING, "customer", "status", "price")
    customer, status = call.fields.text("customer"), call.fields.text("status")
    price = call.fields.text("price")
    conditions: Conditions = []
    if customer:
        conditions.append(("json_extract(body, '$.customer') = ?", customer))
    if price:
        conditions.append(("json_extract(body, '$.items.data[0].price.id') = ?", price))
    if status is None:
        conditions.append(("json_extract(body, '$.status') <> ?", "canceled"))
    elif status != "all":
        conditions.append(("json_extract(body, '$.status') = ?", status))
    return page(call, "subscription", "/v1/subscriptions", conditions)


def change(call: Call) -> Json:
    """Update a subscription: let it run out or take that back, change its plan, its metadata."""
    fields = call.fields
    fields.only("cancel_at_period_end", "metadata", "items", "proration_behavior")
    subscription = _living(call)
    for item in fields.groups("items"):
        item.only("id", "price", "quantity")
        price = find_price(call.account, item.required("price"), item.named("price"))
        subscription = change_price(call.stripe, call.account, subscription, price)
    if "metadata" in fields.values:
        merged = {**subscription["metadata"], **fields.metadata()}
        subscription = update(call.stripe, call.account, subscription, metadata=merged)
    wanted = fields.flag("cancel_at_period_end")
    if wanted is not None and wanted != subscription["cancel_at_period_end"]:
        subscription = cancel_at_period_end(call.stripe, call.account, subscription, wanted)
    return subscription


def end(call: Call) -> Json:
    """Cancel a subscription at once."""
    call.fields.only("invoice_now", "prorate", "cancellation_details")
    return cancel(call.stripe, call.account, _living(call))


def open_portal(call: Call) -> Json:
    """Make a billing portal session with its page."""
    call.fields.only("customer", "return_url", "locale", "configuration", "flow_data")
    customer = call.stripe.find(call.account, "customer", call.fields.required("customer"), "customer")
    session_id = new_id("bps_1")
    return call.stripe.make(
        call.account,
        "billing_portal.session",
        "",
        id=session_id,
        configuration="bpc_sandbox",
        customer=customer["id"],
        flow=None,
        locale=call.fields.text("locale"),
        on_behalf_of=None,
        return_url=call.fields.address("return_url"),
        url=f"{call.base_url}/stripe/p/session/{session_id}",
    )


def _living(call: Call) -> Json:
    subscription = retrieve(call)
    if subscription["status"] in ENDED:
        raise Refusal(404, f"No such subscription: '{call.subject}'", code="resource_missing", param="id")
    return subscription


ROUTES = [
    api_route("/subscriptions", "GET", list_subscriptions),
    api_route("/subscriptions/{id}", "GET", retrieve),
    api_route("/subscriptions/{id}", "POST", change),
    api_route("/subscriptions/{id}", "DELETE", end),
    api_route("/billing_portal/sessions", "POST", open_portal),
]
