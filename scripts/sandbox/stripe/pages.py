"""What Stripe's pages share. They work without scripts: their policy allows none."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from scripts.sandbox.forms import same_origin, templates

templates.filters["day"] = lambda at: datetime.fromtimestamp(at, UTC).strftime("%d %b %Y")
templates.filters["money"] = lambda cents: f"${cents // 100:,}.{cents % 100:02}"


def show(
    template: str, shown: dict[str, Any], *, leads_to: list[str | None] | None = None, status: int = 200
) -> Response:
    """Answer a page. `leads_to`: where its forms may end up, since browsers hold redirects to the policy too."""
    html = templates.get_template(f"stripe/{template}").render(shown)
    origins = [f"{url.scheme}://{url.netloc}" for url in (urlsplit(address) for address in leads_to or [] if address)]
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action "
        + " ".join(["'self'", *sorted(set(origins))])
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return HTMLResponse(html, status_code=status, headers=headers)


def say(title: str, words: str, *, link: str | None = None, link_words: str = "Go on", status: int = 200) -> Response:
    """Answer a page that only says something, with a way on."""
    shown = {"title": title, "words": words, "link": link, "link_words": link_words}
    return show("message.html", shown, status=status)


def go(address: str) -> Response:
    """Send the browser on after a POST."""
    return RedirectResponse(address, status_code=303)


def refuse_foreign_form(request: Request) -> Response | None:
    """Return the refusal of a form that another page posted, or None for our own."""
    if same_origin(request):
        return None
    return say("Nothing was done", "The form came from another page.", status=403)
