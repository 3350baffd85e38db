"""Signed URLs: a token in the query opens one object, or takes one upload, without a key."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.responses import JSONResponse, Response

from supabase_local.storage import bodies, objects
from supabase_local.storage.bodies import read_body
from supabase_local.storage.calls import Call
from supabase_local.storage.errors import not_built
from supabase_local.storage.objects import Contents, Place
from supabase_local.storage.reading import send
from supabase_local.storage.tokens import SERVICE, UPLOAD_SECONDS, Caller
from supabase_local.storage.writing import receive, wants_upsert

UNAVAILABLE = "Either the object does not exist or you do not have access to it"


async def sign_url(call: Call) -> Response:
    """``POST /object/sign/{bucket}/{name}``: for an object that the caller may read."""
    caller, body = call.caller(), await read_body(call.request)
    seconds = bodies.integer(body, "expiresIn", 1)
    if bodies.section(body, "transform"):
        raise not_built("Image transformation")
    async with call.acting(caller) as session:
        await objects.find(session, call.place)
    return JSONResponse({"signedURL": _download_url(call, call.place, seconds)})


async def sign_urls(call: Call) -> Response:
    """``POST /object/sign/{bucket}``: many at once; those that the caller may not read say so, one by one."""
    caller, body = call.caller(), await read_body(call.request)
    seconds, names = bodies.integer(body, "expiresIn", 1), bodies.texts(body, "paths")
    async with call.acting(caller) as session:
        readable = await objects.find_names(session, call.bucket, names)
    return JSONResponse(
        [
            {"error": None, "path": name, "signedURL": _download_url(call, Place(call.bucket, name), seconds)}
            if name in readable
            else {"error": UNAVAILABLE, "path": name, "signedURL": None}
            for name in names
        ]
    )


async def download_signed(call: Call) -> Response:
    """``GET /object/sign/{bucket}/{name}?token=``."""
    claims = call.services.tokens.open("download", call.place.path, _token(call))
    expires = format_datetime(datetime.fromtimestamp(int(claims["exp"]), UTC), usegmt=True)
    response = await send(call, call.place, SERVICE, {"expires": expires})
    del response.headers["cache-control"]
    return response


async def sign_upload(call: Call) -> Response:
    """``POST /object/upload/sign/{bucket}/{name}``: for a caller who may make the object."""
    caller, place, upsert = call.caller(), call.place, wants_upsert(call)
    async with call.acting(caller, rehearse=True) as session:
        await objects.rehearse_write(session, place, Contents(caller.subject, {}, None), upsert)
    owner = {} if caller.subject is None else {"owner": caller.subject}
    token = call.services.tokens.sign("upload", place.path, UPLOAD_SECONDS, upsert=upsert, **owner)
    return JSONResponse({"url": f"/object/upload/sign/{_url_path(place)}?token={token}", "token": token})


async def upload_signed(call: Call) -> Response:
    """``PUT /object/upload/sign/{bucket}/{name}?token=``: the policies were asked when the token was made."""
    claims = call.services.tokens.open("upload", call.place.path, _token(call))
    caller = Caller(SERVICE.role, claims.get("owner"), SERVICE.claims)
    await receive(call, caller, call.place, upsert=claims.get("upsert") is True)
    return JSONResponse({"Key": call.place.path})


def _token(call: Call) -> str:
    return bodies.text(call.request.query_params, "token", "querystring")


def _download_url(call: Call, place: Place, seconds: int) -> str:
    token = call.services.tokens.sign("download", place.path, seconds)
    return f"/object/sign/{_url_path(place)}?token={token}"


def _url_path(place: Place) -> str:
    """Return the path for a URL. The clients encode it; only a question mark would end it too early."""
    return place.path.replace("?", "%3F")
