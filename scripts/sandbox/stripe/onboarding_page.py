"""The onboarding page of an account link: several steps, or everything with one click."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.accounts import STEPS, fulfil
from scripts.sandbox.stripe.pages import go, refuse_foreign_form, say, show
from scripts.sandbox.stripe.store import Json


async def page(request: Request) -> Response:
    """Show what is missing; a link that has ended leads back to the platform, which makes a new one."""
    link = _link(request)
    if link is None:
        return say("Page not found", "This page does not exist.", status=404)
    stripe = sandbox_of(request).stripe
    if link["expires_at"] < stripe.clock.now():
        return go(link["_refresh_url"])
    account = stripe.find(PLATFORM, "account", link["_account"])
    due = account["requirements"]["currently_due"]
    steps = [
        {"name": name, "title": step.title, "missing": [wanted for wanted in step.requirements if wanted in due]}
        for name, step in STEPS.items()
    ]
    shown = {"account": account, "steps": steps, "due": due, "return_url": link["_return_url"]}
    return show("onboarding.html", shown, leads_to=[link["_return_url"]])


async def submit(request: Request) -> Response:
    """Fulfil one step and show the page again, or fulfil everything and go back to the platform."""
    refusal = refuse_foreign_form(request)
    if refusal is not None:
        return refusal
    form = await request.form()
    link, step, name = _link(request), str(form.get("step", "")), str(form.get("name", "")).strip()
    if link is None or step not in {"", *STEPS}:
        return say("Page not found", "This page does not exist.", status=404)
    stripe = sandbox_of(request).stripe
    account = stripe.find(PLATFORM, "account", link["_account"])
    if name:
        account = stripe.change(account, business_profile={**account["business_profile"], "name": name})
    fulfil(stripe, account, step or None)
    return go(f"/stripe/onboarding/{request.path_params['token']}" if step else link["_return_url"])


def _link(request: Request) -> Json | None:
    return sandbox_of(request).stripe.store.find(PLATFORM, f"link_{request.path_params['token']}")


ROUTES = [
    Route("/stripe/onboarding/{token}", page),
    Route("/stripe/onboarding/{token}", submit, methods=["POST"]),
]
