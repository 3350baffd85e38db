"""The API's messages: create with Twilio's checks in Twilio's order, fetch and list."""

import asyncio
import re
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from scripts.sandbox.accounts import Account
from scripts.sandbox.api import VERSION, api_route, list_page, only_filters
from scripts.sandbox.errors import ApiError
from scripts.sandbox.magic import fate_of
from scripts.sandbox.sandbox import Sandbox, sandbox_of
from scripts.sandbox.switches import ApiFault
from scripts.sandbox.texts import OUTBOUND_API, Text

_E164 = re.compile(r"\+[1-9]\d{7,14}")
_LONGEST_BODY = 1600
_SILENCE_SECONDS = 15.0


async def create_message(request: Request, account: Account, form: FormData) -> Response:
    """Take a text, or refuse it, or fail as the switches say."""
    sandbox = sandbox_of(request)
    await asyncio.sleep(sandbox.switches.now.api_delay_seconds)
    fault = _take_fault(sandbox)
    await _fail_before(fault)
    text = _accept(sandbox, account, form)
    await asyncio.sleep(sandbox.switches.now.api_answer_delay_seconds)
    await _fail_after(fault)
    return JSONResponse(_as_json(text), status_code=201)


async def fetch_message(request: Request, account: Account, _form: FormData) -> Response:
    """Answer one message."""
    try:
        text = sandbox_of(request).texts.find(request.path_params["sid"])
    except KeyError as error:
        raise ApiError(404, 20404, request.url.path) from error
    if text.account_sid != account.sid:
        raise ApiError(404, 20404, request.url.path)
    return JSONResponse(_as_json(text))


async def list_messages(request: Request, account: Account, _form: FormData) -> Response:
    """Answer the account's messages, newest first, narrowed by `From` and `To`."""
    only_filters(request, "From", "To")
    wanted = request.query_params
    texts = sandbox_of(request).texts.of_account(account.sid, wanted.get("From"), wanted.get("To"))
    return list_page(request, "messages", [_as_json(text) for text in texts])


def _take_fault(sandbox: Sandbox) -> ApiFault:
    fault = sandbox.switches.now.api_fault
    return fault if sandbox.switches.use("api_faults") else ApiFault.NONE


async def _fail_before(fault: ApiFault) -> None:
    if fault is ApiFault.RATE_LIMITED:
        raise ApiError(429, 20429)
    if fault is ApiFault.UNAVAILABLE:
        raise ApiError(503, 20503)
    if fault is ApiFault.SERVER_ERROR:
        raise ApiError(500, 20500)
    if fault is ApiFault.SILENT:
        await asyncio.sleep(_SILENCE_SECONDS)
        raise ApiError(504, 20500)


async def _fail_after(fault: ApiFault) -> None:
    if fault is ApiFault.SERVER_ERROR_AFTER_ACCEPTING:
        raise ApiError(500, 20500)
    if fault is ApiFault.SILENT_AFTER_ACCEPTING:
        await asyncio.sleep(_SILENCE_SECONDS)
        raise ApiError(504, 20500)


def _accept(sandbox: Sandbox, account: Account, form: FormData) -> Text:
    """Check a text as Twilio does, store it and start its delivery."""
    to_number, from_number, body = (str(form.get(name, "")) for name in ("To", "From", "Body"))
    media = [{"url": str(url), "content_type": "application/octet-stream"} for url in form.getlist("MediaUrl")]
    _check_numbers(sandbox, account, from_number, to_number)
    if not body and not media:
        raise ApiError(400, 21602)
    if len(body) > _LONGEST_BODY:
        raise ApiError(400, 21617)
    text = sandbox.texts.add(
        account_sid=account.sid,
        direction=OUTBOUND_API,
        from_number=from_number,
        to_number=to_number,
        body=body,
        media=media,
        status="queued",
        status_callback=str(form.get("StatusCallback", "")),
    )
    sandbox.carrier.deliver(text)
    return text


def _check_numbers(sandbox: Sandbox, account: Account, from_number: str, to_number: str) -> None:
    if not to_number:
        raise ApiError(400, 21604)
    if not from_number:
        raise ApiError(400, 21603)
    if not _E164.fullmatch(to_number):
        raise ApiError(400, 21211, to_number)
    number = sandbox.accounts.number(from_number)
    if number is None or number.account_sid != account.sid:
        raise ApiError(400, 21606, from_number)
    fate = fate_of(to_number)
    if fate and fate.final_status is None:
        raise ApiError(400, fate.code, to_number)
    if sandbox.texts.opted_out(from_number, to_number):
        raise ApiError(400, 21610, to_number)


def _as_json(text: Text) -> dict[str, Any]:
    address = f"/{VERSION}/Accounts/{text.account_sid}/Messages/{text.sid}"
    return {
        "sid": text.sid,
        "account_sid": text.account_sid,
        "api_version": VERSION,
        "messaging_service_sid": None,
        "direction": text.direction,
        "from": text.from_number,
        "to": text.to_number,
        "body": text.body,
        "status": text.status,
        "error_code": text.error_code,
        "error_message": None,
        "num_media": str(len(text.media)),
        "num_segments": str(text.segments),
        "price": None,
        "price_unit": "USD",
        "date_created": _rfc2822(text.created_at),
        "date_sent": None if text.status == "queued" else _rfc2822(text.updated_at),
        "date_updated": _rfc2822(text.updated_at),
        "uri": f"{address}.json",
        "subresource_uris": {"media": f"{address}/Media.json"},
    }


def _rfc2822(at: str) -> str:
    return format_datetime(datetime.fromisoformat(at))


ROUTES = [
    api_route("/Messages.json", "POST", create_message),
    api_route("/Messages.json", "GET", list_messages),
    api_route("/Messages/{sid}.json", "GET", fetch_message),
]
