"""Pages of lists, newest first (https://docs.stripe.com/api/pagination)."""

from typing import Any

from scripts.sandbox.stripe.api import Call
from scripts.sandbox.stripe.errors import Refusal, missing
from scripts.sandbox.stripe.fields import Fields
from scripts.sandbox.stripe.store import Json

Conditions = list[tuple[str, Any]]
PAGING = ("limit", "starting_after", "ending_before", "created")
_AFTER = "position > (select position from stripe_objects where id = ?)"
_BEFORE = "position < (select position from stripe_objects where id = ?)"
_COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def list_objects(call: Call, kind: str, url: str, *filters: str) -> Json:
    """Answer a page of an account's objects; `filters` are fields that must equal the parameter of their name."""
    call.fields.only(*PAGING, *filters)
    wanted = {name: call.fields.text(name) for name in filters}
    conditions = [(f"json_extract(body, '$.{name}') = ?", value) for name, value in wanted.items() if value]
    return page(call, kind, url, conditions)


def plain_list(url: str, items: list[Json]) -> Json:
    """Answer a list that fits one page."""
    return {"object": "list", "data": items, "has_more": False, "url": url}


def page(call: Call, kind: str, url: str, conditions: Conditions) -> Json:
    """Answer a page of an account's objects that meet SQL conditions and the paging parameters."""
    conditions = [*conditions, *_created(call.fields)]
    limit, backwards = _limit(call.fields), call.fields.text("ending_before") is not None
    cursor = call.fields.text("ending_before") or call.fields.text("starting_after")
    if cursor is not None:
        if call.stripe.store.find(call.account, cursor) is None:
            raise missing(kind, cursor, "ending_before" if backwards else "starting_after")
        conditions.append((_AFTER if backwards else _BEFORE, cursor))
    order = "asc" if backwards else "desc"
    found = call.stripe.store.page(call.account, kind, conditions, order, limit + 1)
    shown = found[:limit]
    data = shown[::-1] if backwards else shown
    return {"object": "list", "data": data, "has_more": len(found) > limit, "url": url}


def _limit(fields: Fields) -> int:
    limit = fields.integer("limit")
    if limit is not None and not 1 <= limit <= 100:
        raise Refusal(400, "limit must be between 1 and 100", code="parameter_invalid_integer", param="limit")
    return limit or 10


def _created(fields: Fields) -> Conditions:
    if isinstance(fields.values.get("created"), str):
        return [("created = ?", fields.integer("created"))]
    group = fields.group("created")
    group.only(*_COMPARISONS)
    return [(f"created {_COMPARISONS[name]} ?", group.integer(name)) for name in group.values]
