"""Callers of the Storage API: people of a tenant, visitors and the service, over plain HTTP and the official client."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import jwt
from storage3 import SyncStorageClient

from tests.embedded.stacks import StackInfo

PRIVATE, ARCHIVE, LETTERS, PUBLIC, LIMITED = (
    f"desk-{name}" for name in ("cabinet", "archive", "letterbox", "window", "photos")
)
OWNED_FOLDER = "storage"
"""Where the stack keeps files, in its data folder."""


@dataclass(frozen=True)
class Person:
    """Somebody who calls, with the name of a folder that is theirs by policy: their tenant's id."""

    info: StackInfo
    http: httpx.Client
    token: str
    id: str = ""
    tenant: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def headers(self) -> dict[str, str]:
        """What the official clients send with each request."""
        return {"apikey": self.info.keys.anon, "authorization": f"Bearer {self.token}"}

    @property
    def client(self) -> SyncStorageClient:
        """The official client as this person."""
        return SyncStorageClient(f"{self.info.api_url}/storage/v1/", self.headers, http_client=self.http)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request to a path below `/storage/v1`."""
        headers = {**self.headers, **options.pop("headers", {})}
        return self.http.request(method, f"{self.info.api_url}/storage/v1{path}", headers=headers, **options)

    def upload(self, bucket: str, name: str, content: bytes = b"text", **headers: str) -> httpx.Response:
        """Upload bytes as the body; an underscore in a header's name stands for a dash."""
        sent = {"content-type": "text/plain", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.send("POST", f"/object/{bucket}/{name}", content=content, headers=sent)

    def put_in(self, bucket: str, name: str, content: bytes = b"text", **headers: str) -> str:
        """Upload to a name of a folder of one's own and return the whole name, after checking that it went well."""
        name = self.path(name)
        answer = self.upload(bucket, name, content, **headers)
        assert answer.status_code == 200, answer.text
        return name

    def path(self, name: str) -> str:
        """Return a name in one's tenant's folder."""
        return f"{self.tenant}/{name}"


def new_person(info: StackInfo, http: httpx.Client, tenant: str | None = None) -> Person:
    """Return somebody signed in, of a tenant of their own unless told which."""
    subject, tenant = str(uuid.uuid4()), tenant or str(uuid.uuid4())
    claims = {"role": "authenticated", "sub": subject, "tenant": tenant, "exp": int(time.time()) + 600}
    return Person(info, http, sign(info, claims), subject, tenant)


def sign(info: StackInfo, claims: Mapping[str, Any]) -> str:
    """Return a token with the stack's signature."""
    return jwt.encode(dict(claims), info.keys.jwt_secret, algorithm="HS256")


def refusal(answer: httpx.Response) -> tuple[int, str, str, str]:
    """Return HTTP status, `statusCode`, `error` and `message` of a refusal."""
    body = answer.json()
    return answer.status_code, body["statusCode"], body["error"], body["message"]


def stored_files(info: StackInfo) -> set[str]:
    """Return the names of the files that the stack has on disk."""
    return {path.name for path in Path(info.data_dir, OWNED_FOLDER, "files").iterdir()}


ROW_SECURITY = (400, "403", "Unauthorized", "new row violates row-level security policy")
NO_OBJECT = (400, "404", "not_found", "Object not found")
NO_BUCKET = (400, "404", "Bucket not found", "Bucket not found")
DUPLICATE = (400, "409", "Duplicate", "The resource already exists")
TOO_LARGE = (400, "413", "Payload too large", "The object exceeded the maximum allowed size")
