"""PaymentIntents, charges and balance transactions: retrieve and list."""

from scripts.sandbox.stripe.api import Call, Handler, api_route
from scripts.sandbox.stripe.listing import list_objects
from scripts.sandbox.stripe.store import Json


def _retrieve(kind: str, param: str) -> Handler:
    def retrieve(call: Call) -> Json:
        return call.stripe.find(call.account, kind, call.subject, param)

    return retrieve


def _list(kind: str, url: str, *filters: str) -> Handler:
    def answer(call: Call) -> Json:
        return list_objects(call, kind, url, *filters)

    return answer


ROUTES = [
    api_route("/payment_intents", "GET", _list("payment_intent", "/v1/payment_intents", "customer")),
    api_route("/payment_intents/{id}", "GET", _retrieve("payment_intent", "intent")),
    api_route("/charges", "GET", _list("charge", "/v1/charges", "customer", "payment_intent")),
    api_route("/charges/{id}", "GET", _retrieve("charge", "id")),
    api_route(
        "/balance_transactions",
        "GET",
        _list("balance_transaction", "/v1/balance_transactions", "source", "type"),
    ),
    api_route("/balance_transactions/{id}", "GET", _retrieve("balance_transaction", "id")),
]
