"""The page with a customer's phone, and the panel of switches below it. Works without JavaScript, live with it."""

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from scripts.sandbox.forms import same_origin, templates
from scripts.sandbox.magic import MAGIC
from scripts.sandbox.sandbox import Sandbox, sandbox_of
from scripts.sandbox.switches import ApiFault, Switches, as_json
from scripts.sandbox.texts import INBOUND, Text

CUSTOMER = "+13035550142"
COMPANY = "+13035550100"

_SWITCH_WORDS = {
    "webhook_copies": "Send each webhook this many times",
    "webhook_delay_seconds": "Delay each webhook (seconds)",
    "webhook_shuffle_seconds": "Shuffle webhooks within (seconds)",
    "webhook_drops": "Drop the next webhooks (count)",
    "webhook_failures": "Fail the next attempts with 503 (count)",
    "status_step_seconds": "Time between delivery statuses (seconds)",
    "hold_statuses": "Hold delivery statuses back",
    "answer_keywords": "Answer STOP, START and HELP as Twilio does",
    "sign_fragment": "Sign the address with its fragment",
    "api_fault": "Twilio's API fails with",
    "api_faults": "Twilio's API fails for the next requests (count)",
    "api_delay_seconds": "Delay API requests (seconds)",
    "api_answer_delay_seconds": "Delay API answers after accepting (seconds)",
    "stripe_api_fault": "Stripe's API fails with",
    "stripe_api_faults": "Stripe's API fails for the next POSTs (count)",
}


async def page(request: Request) -> Response:
    """Answer the whole page for the customer and the company's number that the query names."""
    sandbox, (customer, company) = sandbox_of(request), _pair(request.query_params)
    shown = {
        "customer": customer,
        "company": company,
        "customers": sorted({CUSTOMER, customer, *sandbox.texts.customers()}),
        "numbers": sandbox.accounts.numbers(),
        "switches": _switch_fields(sandbox),
        "magic": MAGIC,
        "said": request.query_params.get("said", ""),
        **_thread(sandbox, customer, company),
    }
    return HTMLResponse(templates.get_template("phone.html").render(shown))


async def thread(request: Request) -> Response:
    """Answer the thread alone, for the page to put in place."""
    shown = _thread(sandbox_of(request), *_pair(request.query_params))
    return HTMLResponse(templates.get_template("thread.html").render(shown))


async def events(request: Request) -> Response:
    """Tell the page about every change, as server-sent events."""
    stream = sandbox_of(request).changes.stream()
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def send(request: Request) -> Response:
    """Send the typed text from the phone and show the page again."""
    form = await request.form()
    if not same_origin(request):
        return PlainTextResponse("The form came from another page.", status_code=403)
    customer, company = _pair(form)
    number, body = sandbox_of(request).accounts.number(company), str(form.get("body", "")).replace("\r\n", "\n")
    if number is None or not body.strip():
        return _back(customer, company, "Nothing was sent: the text is empty or the company's number is unknown.")
    sandbox_of(request).carrier.receive(number, customer, body, [])
    return _back(customer, company, "")


async def set_switches(request: Request) -> Response:
    """Set all switches from the form, or turn everything off."""
    form = await request.form()
    if not same_origin(request):
        return PlainTextResponse("The form came from another page.", status_code=403)
    board = sandbox_of(request).switches
    if "reset" in form:
        board.reset()
        return _back(*_pair(form), "All switches are off.")
    try:
        board.change({field.name: _switch_value(field.type, form.get(field.name)) for field in fields(Switches)})
    except ValueError as error:
        return _back(*_pair(form), f"Nothing was changed: {error}.")
    return _back(*_pair(form), "The switches are set.")


def _pair(values: Any) -> tuple[str, str]:
    """Return the customer's and the company's number from a query or form; spaces and marks are dropped."""
    return _number(values.get("customer"), CUSTOMER), _number(values.get("company"), COMPANY)


def _number(value: Any, default: str) -> str:
    digits = "".join(character for character in str(value or "") if character in "+0123456789")
    return digits or default


def _thread(sandbox: Sandbox, customer: str, company: str) -> dict[str, Any]:
    number = sandbox.accounts.number(company)
    return {
        "texts": [_shown(text) for text in sandbox.texts.thread(customer, company)],
        "opted_out": sandbox.texts.opted_out(company, customer),
        "connected": bool(number and number.sms_url),
    }


def _shown(text: Text) -> dict[str, Any]:
    return {"text": text, "mine": text.direction == INBOUND}


def _switch_fields(sandbox: Sandbox) -> list[dict[str, Any]]:
    values = as_json(sandbox.switches.now)
    kinds: dict[Any, str] = {bool: "checkbox", ApiFault: "select"}
    return [
        {
            "name": field.name,
            "words": _SWITCH_WORDS[field.name],
            "kind": kinds.get(field.type, "number"),
            "step": "any" if field.type is float else "1",
            "value": values[field.name],
            "choices": [fault.value for fault in ApiFault],
        }
        for field in fields(Switches)
    ]


def _switch_value(kind: Any, value: Any) -> Any:
    """Read a form field as the switch's own type; raises ValueError when it is no number."""
    if kind is bool:
        return value is not None
    return kind(value or 0) if kind in {int, float} else value


def _back(customer: str, company: str, said: str) -> Response:
    query = {"customer": customer, "company": company, **({"said": said} if said else {})}
    return RedirectResponse(f"/?{urlencode(query)}", status_code=303)


ROUTES = [
    Route("/", page),
    Route("/phone/thread", thread),
    Route("/phone/events", events),
    Route("/phone/texts", send, methods=["POST"]),
    Route("/phone/switches", set_switches, methods=["POST"]),
]
