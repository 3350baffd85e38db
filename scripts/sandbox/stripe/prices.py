"""The platform's products and prices: retrieve and list."""

from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.errors import missing
from scripts.sandbox.stripe.listing import plain_list
from scripts.sandbox.stripe.plans import PRICES, PRODUCTS, find_price
from scripts.sandbox.stripe.store import Json


def retrieve_price(call: Call) -> Json:
    """Answer one price."""
    return find_price(call.account, call.subject)


def list_prices(call: Call) -> Json:
    """Answer all prices."""
    return plain_list("/v1/prices", list(PRICES.values()) if call.account == PLATFORM else [])


def retrieve_product(call: Call) -> Json:
    """Answer one product."""
    if call.account != PLATFORM or call.subject not in PRODUCTS:
        raise missing("product", call.subject)
    return PRODUCTS[call.subject]


def list_products(call: Call) -> Json:
    """Answer all products."""
    return plain_list("/v1/products", list(PRODUCTS.values()) if call.account == PLATFORM else [])


ROUTES = [
    api_route("/prices", "GET", list_prices),
    api_route("/prices/{id}", "GET", retrieve_price),
    api_route("/products", "GET", list_products),
    api_route("/products/{id}", "GET", retrieve_product),
]
