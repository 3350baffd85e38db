"""The control API, for tests and scripts: JSON in, JSON out, no credentials (the sandbox listens on loopback only)."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scripts.sandbox.control_bodies import Unusable, read_object, string
from scripts.sandbox.sandbox import sandbox_of
from scripts.sandbox.switches import as_json
from scripts.sandbox.texts import Text


async def health(_request: Request) -> Response:
    """Answer when the sandbox is up."""
    return JSONResponse({"status": "ok"})


async def customer_sends(request: Request) -> Response:
    """POST {from, to, body, media?: [{url, content_type}]}: a customer sends a text; answers {sid}."""
    wanted = await read_object(request)
    sandbox = sandbox_of(request)
    number = sandbox.accounts.number(string(wanted, "to"))
    if number is None:
        raise Unusable("`to` is no company's number")
    body = string(wanted, "body")
    if not _can_be_sent(body):
        raise Unusable("`body` has half a surrogate pair")
    text = sandbox.carrier.receive(number, string(wanted, "from"), body, wanted.get("media", []))
    return JSONResponse({"sid": text.sid}, status_code=201)


async def phone(request: Request) -> Response:
    """GET: what this phone received, oldest first: {number, count, texts: [{sid, from, body, status, ...}]}."""
    number = request.path_params["number"]
    texts = sandbox_of(request).texts.on_phone(number)
    return JSONResponse({"number": number, "count": len(texts), "texts": [_as_json(text) for text in texts]})


async def switches(request: Request) -> Response:
    """GET the switches; PUT some of them: the others stay."""
    board = sandbox_of(request).switches
    if request.method == "PUT":
        _understood(board.change, await read_object(request))
    return JSONResponse(as_json(board.now))


async def reset(request: Request) -> Response:
    """POST: forget everything but the built-in accounts. With {"switches_only": true}: only turn the switches off."""
    wanted = await read_object(request) if await request.body() else {}
    if wanted.get("switches_only"):
        sandbox_of(request).switches.reset()
    else:
        await sandbox_of(request).reset()
    return Response(status_code=204)


async def requests(request: Request) -> Response:
    """GET: the log of API requests, oldest first."""
    return JSONResponse({"requests": sandbox_of(request).log.all()})


async def statuses(request: Request) -> Response:
    """POST {sid, statuses: [name or {status, error_code}]}: report each in turn; answers {answers: [HTTP status]}."""
    wanted = await read_object(request)
    carrier, answers = sandbox_of(request).carrier, []
    for step in wanted.get("statuses", []):
        named: dict[str, Any] = {"status": step} if isinstance(step, str) else step
        try:
            answer = await carrier.report_status(
                string(wanted, "sid"), string(named, "status"), named.get("error_code")
            )
        except KeyError as error:
            raise Unusable("no such text") from error
        answers.append(answer)
    return JSONResponse({"answers": answers})


async def change_token(request: Request) -> Response:
    """PUT {auth_token}: rotate an account's token, as its owner can at the provider."""
    token = string(await read_object(request), "auth_token")
    sandbox_of(request).accounts.change_token(request.path_params["account_sid"], token)
    return Response(status_code=204)


def _understood(change: Callable[[dict[str, Any]], object], wanted: dict[str, Any]) -> None:
    try:
        change(wanted)
    except ValueError as error:
        raise Unusable(str(error)) from error


def _can_be_sent(body: str) -> bool:
    try:
        body.encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_json(text: Text) -> dict[str, Any]:
    return {
        "sid": text.sid,
        "from": text.from_number,
        "body": text.body,
        "direction": text.direction,
        "status": text.status,
        "at": text.created_at,
    }


ROUTES = [
    Route("/control/health", health),
    Route("/control/texts", customer_sends, methods=["POST"]),
    Route("/control/phone/{number}", phone),
    Route("/control/switches", switches, methods=["GET", "PUT"]),
    Route("/control/reset", reset, methods=["POST"]),
    Route("/control/requests", requests),
    Route("/control/statuses", statuses, methods=["POST"]),
    Route("/control/accounts/{account_sid}/token", change_token, methods=["PUT"]),
]
