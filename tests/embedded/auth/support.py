"""What the tests of Auth share: people with addresses of their own, their mails, and rooms with other settings."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import jwt
import uvicorn
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from supabase_local.auth.factors import totp
from supabase_local.auth.routes import routes
from supabase_local.context import Keys, Pool, Project, Stack

from tests.embedded.stacks import PLAIN, StackInfo

PASSWORD = "correct horse"
QUICK_HASH = "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"
"""PASSWORD at bcrypt's lowest cost: most tests need many people, and no proof that hashing is slow."""


def new_email() -> str:
    """Return an address that nobody has used."""
    return f"person-{uuid4().hex[:12]}@example.com"


@dataclass(frozen=True)
class Api:
    """The auth API of a running stack, called with one of its keys."""

    client: httpx.Client
    info: StackInfo

    def post(self, path: str, body: Any = None, *, token: str | None = None, **options: Any) -> httpx.Response:
        """POST a JSON body, as the holder of ``token`` when given."""
        return self.call("POST", path, body, token=token, **options)

    def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, **options: Any
    ) -> httpx.Response:
        """Send a request."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers", {})
        if body is not None:
            options["json"] = body
        return self.client.request(method, path, headers=headers, **options)

    def user(self, email: str | None = None, **attributes: Any) -> dict[str, Any]:
        """Create a confirmed user with PASSWORD, as an admin."""
        credentials = {} if "password" in attributes else {"password_hash": QUICK_HASH}
        body = {"email": email or new_email(), "email_confirm": True} | credentials | attributes
        answer = self.post("/admin/users", body, token=self.info.keys.service_role)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def sign_in(self, email: str, password: str = PASSWORD) -> dict[str, Any]:
        """Sign in by password and return the session."""
        answer = self.post("/token?grant_type=password", {"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def refresh(self, refresh_token: str) -> httpx.Response:
        """Use a refresh token."""
        return self.post("/token?grant_type=refresh_token", {"refresh_token": refresh_token})


@dataclass
class Authenticator:
    """A person signed in on one device, with an authenticator app; limits count every such device for itself."""

    api: Api
    session: dict[str, Any]
    factor: dict[str, Any] = field(default_factory=dict)
    address: str = field(default_factory=lambda: f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}")

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send a request as the person, by a server that says where they are."""
        headers = {"apikey": self.api.info.keys.secret, "Sb-Forwarded-For": self.address}
        return self.api.call(method, path, body, token=self.session["access_token"], headers=headers)

    def enroll(self, name: str = "phone") -> dict[str, Any]:
        """Begin a factor."""
        answer = self.call("POST", "/factors", {"factor_type": "totp", "friendly_name": name})
        assert answer.status_code == 200, answer.text
        self.factor = answer.json()
        return self.factor

    def code(self, periods: int = 0) -> str:
        """Return the code that the app shows now, or so many periods later."""
        return totp.code_at(self.factor["totp"]["secret"], time.time() + periods * totp.PERIOD)

    def challenge(self) -> str:
        """Open a challenge and return its id."""
        answer = self.call("POST", f"/factors/{self.factor['id']}/challenge")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def verify(self, code: str, challenge_id: str | None = None) -> httpx.Response:
        """Answer a challenge, and go on with the new session when it was right."""
        body = {"challenge_id": challenge_id or self.challenge(), "code": code}
        answer = self.call("POST", f"/factors/{self.factor['id']}/verify", body)
        if answer.status_code == 200:
            self.session = answer.json()
        return answer

    def claims(self) -> dict[str, Any]:
        """Return the claims of the person's access token."""
        return dict(jwt.decode(self.session["access_token"], options={"verify_signature": False}))


@contextmanager
def api_of(info: StackInfo) -> Iterator[Api]:
    """Open the auth API of a stack with its publishable key."""
    headers = {"apikey": info.keys.publishable}
    with httpx.Client(base_url=f"{info.api_url}/auth/v1", headers=headers, timeout=30, verify=PLAIN) as client:
        yield Api(client, info)


@dataclass(frozen=True)
class SentMail:
    """A mail of Auth as its recipient reads it."""

    subject: str
    html: str

    @property
    def link(self) -> str:
        """The confirmation link."""
        match = re.search(r'href="([^"]+)"', self.html)
        assert match is not None
        return unescape(match[1])

    @property
    def token_hash(self) -> str:
        """The hash in the link."""
        return parse_qs(urlsplit(self.link).query)["token"][0]

    @property
    def code(self) -> str:
        """The code to type in."""
        match = re.search(r"\b\d{6}\b", re.sub(r'href="[^"]+"|id="token-hash">\w+', "", self.html))
        assert match is not None
        return match[0]


def mails_to(info: StackInfo, email: str) -> list[SentMail]:
    """Return the mails to an address, newest first."""
    with httpx.Client(base_url=f"{info.mailbox_url}/api/v1", verify=PLAIN) as mailbox:
        found = mailbox.get("/search", params={"query": f"to:{email}"}).json()["messages"]
        details = [mailbox.get(f"/message/{mail['ID']}").json() for mail in found]
    return [SentMail(mail["Subject"], mail["HTML"]) for mail in details]


def fragment_of(location: str) -> dict[str, str]:
    """Return the members of a redirect's fragment."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).fragment).items()}


def error_of(answer: httpx.Response) -> tuple[int, str]:
    """Return status and error code of a refusal."""
    return answer.status_code, answer.json().get("error_code")


@contextmanager
def room_with(info: StackInfo, data: Path, auth: dict[str, Any]) -> Iterator[httpx.Client]:
    """Serve the auth room with other settings on a port of its own, on the database of a running stack.

    Nothing checks API keys in front of it, so the client sends none unless a test does.
    """
    pool = _auth_pool(info)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = Starlette(routes=routes(_stack(info, data, auth, url, pool)), lifespan=_lifespan(pool))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", ws="none", proxy_headers=False))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            # The socket listens already: requests wait until the server takes them.
            with httpx.Client(base_url=url, timeout=30, verify=PLAIN) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def _auth_pool(info: StackInfo) -> Pool:
    return AsyncConnectionPool[AsyncConnection[TupleRow]](
        info.admin_url.replace("//supabase_admin:", "//supabase_auth_admin:"),
        kwargs={"autocommit": True},
        min_size=1,
        max_size=4,
        open=False,
    )


def _stack(info: StackInfo, data: Path, auth: dict[str, Any], url: str, pool: Pool) -> Stack:
    return Stack(
        project=Project(data, {"auth": auth}),
        keys=Keys(**vars(info.keys)),
        data_directory=data,
        api_url=url,
        mailbox_url=url,
        database_host="127.0.0.1",
        database_port=0,
        rest_pool=pool,
        auth_pool=pool,
        storage_pool=pool,
        admin_pool=pool,
    )


def _lifespan(pool: Pool) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opened(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    return opened
