"""The Data API as one route: every path and method below ``/rest/v1``."""

from __future__ import annotations

import time
from collections.abc import Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from supabase_local.context import Stack
from supabase_local.rest.calling import call_function
from supabase_local.rest.catalog.keeper import CatalogKeeper
from supabase_local.rest.catalog.model import Catalog
from supabase_local.rest.changing import change_table
from supabase_local.rest.door import Door, read_settings
from supabase_local.rest.errors import CatalogMiss, RestError, unsupported
from supabase_local.rest.identity import TokenReader, unauthorized
from supabase_local.rest.openapi import describe
from supabase_local.rest.reading import read_table
from supabase_local.rest.request import ApiRequest, read_request
from supabase_local.rest.respond import error_response


def routes(stack: Stack) -> Sequence[BaseRoute]:
    """Return the routes to mount under ``/rest/v1``, and register the watch over the schema cache."""
    settings = read_settings(stack.project)
    keeper = CatalogKeeper(stack, settings.schemas)
    stack.background.append(keeper.watch)
    api = RestApi(Door(settings, stack.rest_pool, keeper), TokenReader(stack.keys.jwt_secret))
    return [Route("/{path:path}", endpoint=api)]


class RestApi:
    """The ASGI application of the Data API."""

    def __init__(self, door: Door, tokens: TokenReader) -> None:
        self._door = door
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            arrived = time.monotonic()
            api_request = await read_request(
                request, request.path_params["path"], self._door.settings.schemas, self._tokens
            )
            catalog = await self._door.keeper.current()
            try:
                return await self._dispatch(catalog, api_request)
            except CatalogMiss:
                # The name may be younger than the schema cache: look again before saying that it does not exist.
                catalog = await self._door.keeper.newer_than(arrived)
                return await self._dispatch(catalog, api_request)
        except RestError as error:
            return error_response(unauthorized(error))

    async def _dispatch(self, catalog: Catalog, request: ApiRequest) -> Response:
        if request.method == "OPTIONS":
            return _allowed(catalog, request)
        if not request.target.name:
            return describe(catalog, request)
        if request.is_call:
            return await call_function(self._door, catalog, request)
        if request.reads:
            return await read_table(self._door, catalog, request)
        if request.method == "PUT":
            raise unsupported("PUT; use POST with Prefer: resolution=merge-duplicates")
        return await change_table(self._door, catalog, request)


def _allowed(catalog: Catalog, request: ApiRequest) -> Response:
    """Answer OPTIONS with the methods that the target takes."""
    methods = ["OPTIONS", "GET", "HEAD"]
    if request.is_call:
        methods.append("POST")
    elif request.target.name:
        writes = catalog.table(request.target).writes
        by_write = {"INSERT": "POST", "UPDATE": "PATCH", "DELETE": "DELETE"}
        methods += [method for write, method in by_write.items() if write in writes]
    return Response(status_code=200, headers={"Allow": ",".join(methods)})
