"""The API's accounts and phone numbers."""

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from scripts.sandbox.accounts import Account, Number
from scripts.sandbox.api import VERSION, api_route, list_page, only_filters
from scripts.sandbox.errors import ApiError
from scripts.sandbox.sandbox import sandbox_of

_STARTED = "Thu, 01 Jan 2026 00:00:00 +0000"
_SETTINGS = {
    "FriendlyName": "friendly_name",
    "SmsUrl": "sms_url",
    "SmsMethod": "sms_method",
    "SmsFallbackUrl": "sms_fallback_url",
    "SmsFallbackMethod": "sms_fallback_method",
    "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method",
}


async def fetch_account(_request: Request, account: Account, _form: FormData) -> Response:
    """Answer the account itself."""
    return JSONResponse(
        {
            "sid": account.sid,
            "friendly_name": account.name,
            "owner_account_sid": account.sid,
            "status": "active",
            "type": "Full",
            "date_created": _STARTED,
            "date_updated": _STARTED,
            "uri": f"/{VERSION}/Accounts/{account.sid}.json",
            "subresource_uris": {},
        }
    )


async def list_numbers(request: Request, account: Account, _form: FormData) -> Response:
    """Answer the account's numbers, all or the one that `PhoneNumber` names."""
    only_filters(request, "PhoneNumber")
    wanted = request.query_params.get("PhoneNumber")
    numbers = sandbox_of(request).accounts.numbers(account.sid)
    shown = [_as_json(number) for number in numbers if wanted in {None, number.phone_number}]
    return list_page(request, "incoming_phone_numbers", shown)


async def fetch_number(request: Request, account: Account, _form: FormData) -> Response:
    """Answer one number."""
    return JSONResponse(_as_json(_own_number(request, account)))


async def update_number(request: Request, account: Account, form: FormData) -> Response:
    """Change the settings that the form names and answer the number."""
    number = _own_number(request, account)
    changes = {name: str(form[field]) for field, name in _SETTINGS.items() if field in form}
    sandbox = sandbox_of(request)
    sandbox.accounts.change_number(number.sid, changes)
    sandbox.changes.announce()
    return JSONResponse(_as_json(_own_number(request, account)))


def _own_number(request: Request, account: Account) -> Number:
    sid = request.path_params["sid"]
    for number in sandbox_of(request).accounts.numbers(account.sid):
        if number.sid == sid:
            return number
    raise ApiError(404, 20404, request.url.path)


def _as_json(number: Number) -> dict[str, Any]:
    return {
        "sid": number.sid,
        "account_sid": number.account_sid,
        "phone_number": number.phone_number,
        "friendly_name": number.friendly_name,
        "sms_url": number.sms_url,
        "sms_method": number.sms_method,
        "sms_fallback_url": number.sms_fallback_url,
        "sms_fallback_method": number.sms_fallback_method,
        "sms_application_sid": "",
        "status_callback": number.status_callback,
        "status_callback_method": number.status_callback_method,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "api_version": VERSION,
        "date_created": _STARTED,
        "date_updated": _STARTED,
        "uri": f"/{VERSION}/Accounts/{number.account_sid}/IncomingPhoneNumbers/{number.sid}.json",
    }


ROUTES = [
    api_route(".json", "GET", fetch_account),
    api_route("/IncomingPhoneNumbers.json", "GET", list_numbers),
    api_route("/IncomingPhoneNumbers/{sid}.json", "GET", fetch_number),
    api_route("/IncomingPhoneNumbers/{sid}.json", "POST", update_number),
]
