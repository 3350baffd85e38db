"""All of Stripe's routes: the API, the pages and the control API."""

from starlette.routing import Route

from scripts.sandbox.stripe import (
    account_routes,
    checkout_page,
    control,
    customers,
    disputes,
    event_routes,
    invoices,
    onboarding_page,
    overview_page,
    payment_routes,
    portal_page,
    prices,
    refunds,
    sessions,
    subscription_routes,
)
from scripts.sandbox.stripe.api import not_played

ROUTES = [
    *account_routes.ROUTES,
    *sessions.ROUTES,
    *payment_routes.ROUTES,
    *refunds.ROUTES,
    *disputes.ROUTES,
    *event_routes.ROUTES,
    *customers.ROUTES,
    *prices.ROUTES,
    *subscription_routes.ROUTES,
    *invoices.ROUTES,
    Route("/stripe/v1/{path:path}", not_played, methods=["GET", "POST", "DELETE"]),
    *checkout_page.ROUTES,
    *onboarding_page.ROUTES,
    *portal_page.ROUTES,
    *overview_page.ROUTES,
    *control.ROUTES,
]
