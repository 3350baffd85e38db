"""One request to Storage: what a handler needs to know of it, and the way to the rows and files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from supabase_local.storage.database import Database, Session, request_facts
from supabase_local.storage.files import FileStore
from supabase_local.storage.names import check_bucket_name, check_object_name
from supabase_local.storage.objects import Place
from supabase_local.storage.tokens import Caller, Tokens


@dataclass(frozen=True)
class Services:
    """What all requests share."""

    database: Database
    files: FileStore
    tokens: Tokens
    file_size_limit: int
    """Bytes; the project's limit, which no bucket's exceeds."""


@dataclass(frozen=True)
class Call:
    """One request."""

    services: Services
    request: Request
    operation: str
    """What ``storage.operation()`` tells policies, such as ``storage.object.upload``."""

    @property
    def bucket(self) -> str:
        """The bucket of the path. Raises InvalidBucketName."""
        return check_bucket_name(self.request.path_params["bucket"])

    @property
    def place(self) -> Place:
        """The object of the path. Raises InvalidBucketName and InvalidKey."""
        return Place(self.bucket, check_object_name(self.request.path_params["name"]))

    def caller(self) -> Caller:
        """Return who calls. Raises AccessDenied without a valid token."""
        return self.services.tokens.caller(self.request.headers.get("authorization"))

    def caller_or_nobody(self) -> Caller:
        """Return who calls, for routes that also serve what is public."""
        return self.services.tokens.caller_or_nobody(self.request.headers.get("authorization"))

    def acting(self, caller: Caller, *, rehearse: bool = False) -> AbstractAsyncContextManager[Session]:
        """Open a transaction as the caller, see `Database.acting`."""
        facts = request_facts(self.request, self.operation)
        return self.services.database.acting(caller, facts, rehearse=rehearse)

    def body(self) -> AsyncIterator[bytes]:
        """Return the body as it arrives."""
        return self.request.stream()


Handler = Callable[[Call], Awaitable[Response]]
