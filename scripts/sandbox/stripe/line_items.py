"""What a Checkout session sells."""

from scripts.sandbox.stripe.errors import Refusal
from scripts.sandbox.stripe.fields import Fields
from scripts.sandbox.stripe.plans import find_price, product_name
from scripts.sandbox.stripe.store import Json, new_id

LEAST_CENTS = 50
_MOST_CENTS = 99_999_999


def read_line_items(account: str, fields: Fields, mode: str) -> list[Json]:
    """Read `line_items`; raises Refusal when there are none, one cannot be understood, or its price does not fit."""
    items = [_item(account, item, mode) for item in fields.groups("line_items")]
    if not items:
        message = "Missing required param: line_items."
        raise Refusal(400, message, code="parameter_missing", param="line_items")
    if len({item["currency"] for item in items}) > 1:
        raise Refusal(400, "All prices must have the same currency.", param="line_items")
    return items


def check_total(total: int, currency: str) -> None:
    """Refuse what is too little or too much to charge."""
    if total < LEAST_CENTS:
        message = f"The Checkout Session's total amount due must add up to at least $0.50 {currency}"
        raise Refusal(400, message, code="amount_too_small")
    if total > _MOST_CENTS:
        raise Refusal(400, "The total amount must be no more than $999,999.99", code="amount_too_large")


def _item(account: str, item: Fields, mode: str) -> Json:
    item.only("price", "price_data", "quantity")
    price_id, quantity = item.text("price"), item.integer("quantity")
    price = find_price(account, price_id, item.named("price")) if price_id else _inline_price(item.group("price_data"))
    if quantity is None or quantity < 1:
        raise Refusal(400, "Quantity is required.", param=item.named("quantity"))
    if (price["recurring"] is not None) != (mode == "subscription"):
        raise Refusal(400, f"The price does not fit `{mode}` mode.", param=item.named("price"))
    total = price["unit_amount"] * quantity
    return {
        "id": new_id("li_1"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": price["currency"],
        "description": price.get("_name") or product_name(price),
        "metadata": {},
        "price": price,
        "quantity": quantity,
    }


def _inline_price(fields: Fields) -> Json:
    fields.only("currency", "product_data", "unit_amount")
    product = fields.group("product_data")
    product.only("name", "description", "metadata", "images")
    amount = fields.integer("unit_amount")
    if amount is None or amount < 0:
        raise Refusal(400, "Invalid non-negative integer", param=fields.named("unit_amount"))
    return {
        "id": new_id("price_1"),
        "object": "price",
        "active": False,
        "currency": fields.required("currency").lower(),
        "livemode": False,
        "metadata": {},
        "product": new_id("prod_"),
        "recurring": None,
        "type": "one_time",
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
        "_name": product.required("name"),
    }
