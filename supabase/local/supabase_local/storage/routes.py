"""Storage's routes, mounted under ``/storage/v1``, and the sweep of its files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from supabase_local.context import Stack
from supabase_local.storage import bucket_api, listing, reading, signing, writing
from supabase_local.storage.calls import Call, Handler, Services
from supabase_local.storage.database import Database
from supabase_local.storage.errors import StorageError
from supabase_local.storage.files import FileStore
from supabase_local.storage.missing import disabled_routes, missing_routes, unknown_route
from supabase_local.storage.settings import read_settings
from supabase_local.storage.sweep import sweep_when_wanted
from supabase_local.storage.tokens import Tokens

FOLDER = "storage"
"""Name of the folder of files in the stack's data folder, which `reset` deletes as a whole."""
CLIENT_LEFT = 499
"""Status for a client that went away during its upload; nobody reads it."""

# Method, path, name of the operation for policies, handler. The first that fits answers, so fixed words come first.
TABLE: Sequence[tuple[str, str, str, Handler]] = (
    ("GET", "/bucket", "bucket.list", bucket_api.list_buckets),
    ("POST", "/bucket", "bucket.create", bucket_api.create_bucket),
    ("GET", "/bucket/{bucket}", "bucket.get", bucket_api.get_bucket),
    ("PUT", "/bucket/{bucket}", "bucket.update", bucket_api.update_bucket),
    ("DELETE", "/bucket/{bucket}", "bucket.delete", bucket_api.delete_bucket),
    ("POST", "/bucket/{bucket}/empty", "bucket.empty", bucket_api.empty_bucket),
    ("POST", "/object/copy", "object.copy", writing.copy_object),
    ("POST", "/object/move", "object.move", writing.move_object),
    ("POST", "/object/list/{bucket}", "object.list", listing.list_objects),
    ("POST", "/object/list-v2/{bucket}", "object.list_v2", listing.list_page),
    ("POST", "/object/sign/{bucket}", "object.sign_many", signing.sign_urls),
    ("POST", "/object/sign/{bucket}/{name:path}", "object.sign", signing.sign_url),
    ("GET", "/object/sign/{bucket}/{name:path}", "object.get_signed", signing.download_signed),
    ("POST", "/object/upload/sign/{bucket}/{name:path}", "object.sign_upload_url", signing.sign_upload),
    ("PUT", "/object/upload/sign/{bucket}/{name:path}", "object.upload_signed", signing.upload_signed),
    ("GET", "/object/info/public/{bucket}/{name:path}", "object.info_public", reading.info_public),
    ("GET", "/object/info/authenticated/{bucket}/{name:path}", "object.info_authenticated", reading.info_authenticated),
    ("GET", "/object/info/{bucket}/{name:path}", "object.info_authenticated", reading.info),
    ("HEAD", "/object/public/{bucket}/{name:path}", "object.info_public", reading.head_public),
    ("GET", "/object/public/{bucket}/{name:path}", "object.get_public", reading.download_public),
    ("HEAD", "/object/authenticated/{bucket}/{name:path}", "object.info_authenticated", reading.head_authenticated),
    ("GET", "/object/authenticated/{bucket}/{name:path}", "object.get_authenticated", reading.download_authenticated),
    ("HEAD", "/object/{bucket}/{name:path}", "object.info_authenticated", reading.head),
    ("GET", "/object/{bucket}/{name:path}", "object.get_authenticated", reading.download),
    ("POST", "/object/{bucket}/{name:path}", "object.upload", writing.create_object),
    ("PUT", "/object/{bucket}/{name:path}", "object.upload_update", writing.update_object),
    ("DELETE", "/object/{bucket}/{name:path}", "object.delete", writing.delete_object),
    ("DELETE", "/object/{bucket}", "object.delete_many", writing.delete_objects),
)


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the routes, and register the sweep. Raises StackError for settings that make no sense."""
    settings = read_settings(stack.project)
    if not settings.enabled:
        return [*disabled_routes()]
    wanted, database = asyncio.Event(), Database(stack.storage_pool)
    files = FileStore(stack.data_directory / FOLDER, wanted.set)
    stack.background.append(partial(sweep_when_wanted, files, database, wanted))
    services = Services(database, files, Tokens(stack.keys.jwt_secret), settings.file_size_limit)
    return [
        Route("/status", _status, methods=["GET"]),
        *missing_routes(),
        *(_route(services, *entry) for entry in TABLE),
        unknown_route(),
    ]


def _route(services: Services, method: str, path: str, operation: str, handler: Handler) -> Route:
    async def answer(request: Request) -> Response:
        try:
            return await handler(Call(services, request, f"storage.{operation}"))
        except StorageError as error:
            return error.response()
        except ClientDisconnect:
            return Response(status_code=CLIENT_LEFT)

    return Route(path, answer, methods=[method])


async def _status(_: Request) -> Response:
    """Answer storage-api's own check of its health."""
    return JSONResponse({})
