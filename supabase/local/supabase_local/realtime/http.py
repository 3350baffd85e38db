"""Broadcast over HTTP: many messages with ``POST /api/broadcast``, one with ``.../{topic}/events/{event}``."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import psycopg
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.realtime.authorization import Identity
from supabase_local.realtime.frames import UserPayload, broadcast, to_json, user_broadcast
from supabase_local.realtime.hub import Room
from supabase_local.realtime.services import Services
from supabase_local.realtime.tokens import TokenError, resolve_key, verify

ACCEPTED = 202


Endpoint = Callable[["BroadcastApi", Request, Identity], Awaitable[Response]]


def authorized(endpoint: Endpoint) -> Callable[[BroadcastApi, Request], Awaitable[Response]]:
    """Answer for an endpoint when the token is no good, or when the policies cannot be asked."""

    @wraps(endpoint)
    async def answer(api: BroadcastApi, request: Request) -> Response:
        identity = api.identity(request)
        if identity is None:
            return _error(401, "Unauthorized")
        try:
            return await endpoint(api, request, identity)
        except psycopg.OperationalError:
            return _error(422, "Tenant database unavailable")

    return answer


class BroadcastApi:
    """The HTTP endpoints. Private messages need the policy that lets the caller insert them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @authorized
    async def many(self, request: Request, identity: Identity) -> Response:
        """Send the messages of a batch; private ones that the caller may not send are left out, as on hosted."""
        messages = await _batch(request)
        if messages is None:
            return JSONResponse({"errors": {"messages": ["is invalid"]}}, 422)
        faults = [_faults(message) for message in messages]
        if not messages or any(faults):
            return JSONResponse({"errors": {"messages": faults or ["can't be blank"]}}, 422)
        for message in messages:
            room = Room(message["topic"], message.get("private") is True)
            if await self._may_send(room, identity):
                text = to_json(message["payload"])
                self._services.hub.broadcast(room, broadcast(room.wire_topic, message["event"], text))
        return Response(status_code=ACCEPTED)

    @authorized
    async def one(self, request: Request, identity: Identity) -> Response:
        """Send one message whose payload is the body: JSON, or bytes."""
        payload = await _payload(request)
        if isinstance(payload, Response):
            return payload
        room = Room(request.path_params["topic"], request.query_params.get("private") == "true")
        if not await self._may_send(room, identity):
            return _error(403, "Unauthorized")
        message = user_broadcast(room.wire_topic, request.path_params["event"], payload)
        self._services.hub.broadcast(room, message)
        return Response(status_code=ACCEPTED)

    def identity(self, request: Request) -> Identity | None:
        """Return who calls, by the token in ``Authorization`` or else the project key; None when it is not valid."""
        header = request.headers.get("authorization", "").partition(" ")[2] or request.headers.get("apikey", "")
        try:
            claims = verify(resolve_key(header.strip(), self._services.keys), self._services.keys)
        except TokenError:
            return None
        return Identity(claims, dict(request.headers))

    async def _may_send(self, room: Room, identity: Identity) -> bool:
        if not room.private:
            return True
        return await self._services.authorizer.may_write(room.topic, "broadcast", identity)


async def _batch(request: Request) -> list[Any] | None:
    try:
        body = await request.json()
    except ValueError:
        return None
    messages = body.get("messages") if isinstance(body, dict) else None
    return messages if isinstance(messages, list) else None


def _faults(message: Any) -> dict[str, list[str]]:
    if not isinstance(message, dict):
        return {"base": ["is invalid"]}
    faults = {name: ["can't be blank"] for name in ("topic", "event", "payload") if message.get(name) in (None, "")}
    wrong = {name: ["is invalid"] for name in ("topic", "event") if not isinstance(message.get(name, ""), str)}
    if "payload" not in faults and not isinstance(message["payload"], dict):
        wrong["payload"] = ["is invalid"]
    return faults | wrong


async def _payload(request: Request) -> UserPayload | Response:
    """Read the body; a Response says what is wrong with it."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    body = await request.body()
    if kind == "application/octet-stream":
        return UserPayload(body, is_json=False)
    if kind != "application/json":
        return Response(status_code=415)
    try:
        json.loads(body)
    except ValueError:
        return _error(400, "Bad request")
    return UserPayload(body, is_json=True)


def _error(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status)
