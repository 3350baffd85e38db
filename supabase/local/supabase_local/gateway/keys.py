"""API keys at the door: what hosted Supabase's gateway refuses, and how it turns keys into tokens for the services."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from supabase_local.context import Keys

GUARDED_PREFIXES = ("/rest/v1", "/auth/v1", "/realtime/v1")
"""Services that need a key. The ones that are not built tell so to everybody."""
OPEN_PREFIXES = ("/storage/v1",)
"""Services that also answer without a key, to those who follow a link: their own tokens say what it opens."""
KEYED_PREFIXES = GUARDED_PREFIXES + OPEN_PREFIXES
PUBLIC_PATHS = frozenset(
    {
        "/auth/v1/verify",
        "/auth/v1/callback",
        "/auth/v1/authorize",
        "/auth/v1/stand-in/authorize",
        "/auth/v1/health",
        "/auth/v1/.well-known/jwks.json",
        "/auth/v1/.well-known/openid-configuration",
        "/auth/v1/.well-known/oauth-authorization-server",
    }
)
"""Opened by people's browsers from links in e-mails, or meant for everybody: no key."""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not let in, in the gateway's own words."""

    message: str
    hint: str


NO_KEY = Refusal("No API key found in request", "No `apikey` request header or url param was found.")
INVALID_KEY = Refusal("Invalid API key", "Double check your Supabase `anon` or `service_role` API key.")
SECRET_KEY_IN_BROWSER = Refusal(
    "Forbidden use of secret API key in browser",
    "Secret API keys can only be used in a protected environment and should never be used in a browser. "
    "Delete this secret API key immediately.",
)


class KeyCheck:
    """ASGI middleware that checks the ``apikey`` and completes the ``Authorization`` header.

    Behind it, services always see a JWT: an opaque key is replaced by the legacy token of the same role. A caller's
    own token is passed on untouched; the services verify it.
    """

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._secret_key = keys.secret
        self._tokens: dict[str | None, str] = {
            keys.publishable: keys.anon,
            keys.secret: keys.service_role,
            keys.anon: keys.anon,
            keys.service_role: keys.service_role,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in with its token, or answer 401 (close a WebSocket before it is accepted)."""
        if scope["type"] not in ("http", "websocket") or not _is_below(scope["path"], *KEYED_PREFIXES):
            await self._app(scope, receive, send)
            return
        key = _api_key(scope)
        refusal = self._refusal(key, scope)
        if refusal is not None and not _is_let_in(scope["path"], refusal):
            await _refuse(refusal, scope, receive, send)
            return
        await self._app(self._with_token(scope, key), receive, send)

    def _refusal(self, key: str | None, scope: Scope) -> Refusal | None:
        if key is None:
            return NO_KEY
        if key not in self._tokens:
            return INVALID_KEY
        if key == self._secret_key and _is_browser(scope):
            return SECRET_KEY_IN_BROWSER
        return None

    def _with_token(self, scope: Scope, key: str | None) -> Scope:
        if key not in self._tokens:
            return scope
        headers = MutableHeaders(raw=list(scope["headers"]))
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.strip() in ("", key):
            headers["authorization"] = f"Bearer {self._tokens[key]}"
        return {**scope, "headers": headers.raw}


def _is_let_in(path: str, refusal: Refusal) -> bool:
    """Whether a request that the rules refuse may pass; where no key is needed, only a secret one is too many."""
    return path in PUBLIC_PATHS or (_is_below(path, *OPEN_PREFIXES) and refusal != SECRET_KEY_IN_BROWSER)


def _is_below(path: str, *prefixes: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)


def _api_key(scope: Scope) -> str | None:
    """Return the key of the header, else of the query: browsers cannot set headers on a WebSocket."""
    if header := Headers(scope=scope).get("apikey"):
        return header
    query: str = scope["query_string"].decode("latin-1")
    return next(iter(parse_qs(query).get("apikey", [])), None)


def _is_browser(scope: Scope) -> bool:
    return Headers(scope=scope).get("user-agent", "").startswith("Mozilla/")


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(code=1008, reason=refusal.message)(scope, receive, send)
        return
    response = JSONResponse({"message": refusal.message, "hint": refusal.hint}, status_code=401)
    await response(scope, receive, send)
