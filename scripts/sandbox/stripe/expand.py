"""Expansion: an id in an answer is replaced by its object (https://docs.stripe.com/expand)."""

from typing import Any

from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.plans import PRODUCTS
from scripts.sandbox.stripe.store import Json, Store


def expanded(store: Store, account: str, body: Json, paths: list[str]) -> Json:
    """Return a body with the named paths (`data.payment_intent.latest_charge`) expanded."""
    for path in paths:
        body = _expanded(store, account, body, path.split("."), path)
    return body


def _expanded(store: Store, account: str, body: Any, names: list[str], path: str) -> Any:
    if not names or body is None:
        return body
    if isinstance(body, list):
        return [_expanded(store, account, item, names, path) for item in body]
    name, rest = names[0], names[1:]
    if not isinstance(body, dict):
        raise _not_expandable(path)
    value = body[name] if name in body else _included(store, account, body, name, path)
    if isinstance(value, str):
        value = store.find(account, value) or PRODUCTS.get(value)
        if value is None:
            raise _not_expandable(path)
    return {**body, name: _expanded(store, account, value, rest, path)}


def _included(store: Store, account: str, body: Json, name: str, path: str) -> Json:
    """Return a list that answers leave out unless it is asked for."""
    if (body.get("object"), name) == ("checkout.session", "line_items"):
        items: list[Json] = body["_line_items"]
    elif (body.get("object"), name) == ("charge", "refunds"):
        wanted = [("json_extract(body, '$.charge') = ?", body["id"])]
        items = store.page(account, "refund", wanted, "desc", 100)
    else:
        raise _not_expandable(path)
    return {"object": "list", "data": items, "has_more": False, "url": f"/v1/{name}"}


def _not_expandable(path: str) -> Refusal:
    return Refusal(400, f"This property cannot be expanded ({path}).", param="expand")
