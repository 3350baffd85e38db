"""What the platform sells: two plans, each a product with one monthly price."""

from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.errors import missing
from scripts.sandbox.stripe.store import Json

_CREATED = 1767225600
_PLANS = {"solo": ("FieldLite Solo", 2900), "team": ("FieldLite Team", 7900)}


def _price(plan: str, amount: int) -> Json:
    return {
        "id": f"price_sandbox_{plan}",
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": _CREATED,
        "currency": "usd",
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": plan,
        "metadata": {},
        "nickname": None,
        "product": f"prod_sandbox_{plan}",
        "recurring": {"interval": "month", "interval_count": 1, "meter": None, "usage_type": "licensed"},
        "tax_behavior": "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring",
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
    }


def _product(plan: str, name: str) -> Json:
    return {
        "id": f"prod_sandbox_{plan}",
        "object": "product",
        "active": True,
        "created": _CREATED,
        "default_price": f"price_sandbox_{plan}",
        "description": None,
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": {},
        "name": name,
        "package_dimensions": None,
        "shippable": None,
        "statement_descriptor": None,
        "tax_code": None,
        "type": "service",
        "unit_label": None,
        "updated": _CREATED,
        "url": None,
    }


PRICES = {price["id"]: price for price in (_price(plan, amount) for plan, (_, amount) in _PLANS.items())}
PRODUCTS = {product["id"]: product for product in (_product(plan, name) for plan, (name, _) in _PLANS.items())}


def find_price(account: str, price_id: str, param: str = "price") -> Json:
    """Return a price; only the platform has any. Raises Refusal 404."""
    if account != PLATFORM or price_id not in PRICES:
        raise missing("price", price_id, param)
    return PRICES[price_id]


def product_name(price: Json) -> str:
    """Return what a price sells."""
    return str(PRODUCTS[price["product"]]["name"])
