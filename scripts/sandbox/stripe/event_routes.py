"""Events: retrieve and list, also those that reached nobody."""

from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.events import DELIVERED
from scripts.sandbox.stripe.listing import PAGING, Conditions, page
from scripts.sandbox.stripe.store import Json

_DELIVERED_EVENTS = "select event from stripe_deliveries where state = ?"
_TYPE = "json_extract(body, '$.type')"


def retrieve(call: Call) -> Json:
    """Answer one event."""
    return call.stripe.find(call.account, "event", call.subject)


def list_events(call: Call) -> Json:
    """Answer events by type, time and delivery. `delivery_success=false`: those that wait for it or never got it."""
    call.fields.only(*PAGING, "type", "types", "delivery_success")
    kind, delivered = call.fields.text("type"), call.fields.flag("delivery_success")
    conditions: Conditions = [(_typed(kind), kind.replace("*", "%"))] if kind else []
    types = call.fields.texts("types")
    if types:
        conditions.append((f"instr(?, ',' || {_TYPE} || ',') > 0", f",{','.join(types)},"))
    if delivered is not None:
        conditions.append((f"id {'' if delivered else 'not '}in ({_DELIVERED_EVENTS})", DELIVERED))
    return page(call, "event", "/v1/events", conditions)


def _typed(kind: str) -> str:
    return f"{_TYPE} like ?" if "*" in kind else f"{_TYPE} = ?"


ROUTES = [api_route("/events", "GET", list_events), api_route("/events/{id}", "GET", retrieve)]
