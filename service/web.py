"""Serves the built browser client: one origin for everything, a strict content security policy, caching by name.

`index.html` is sent for every address that the client routes itself, with the public settings written into it.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from service.context import services_of_app
from service.errors import Unavailable
from service.settings import Settings

CONFIG_PLACEHOLDER = "<!--fieldlite-config-->"
ASSETS = "assets/"
"""Vite's folder of files whose names contain a hash of their content."""

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'"

EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")

blueprint = Blueprint("web", __name__)


@blueprint.route("/api/", defaults={"path": ""}, methods=EVERY_METHOD)
@blueprint.route("/api/<path:path>", methods=EVERY_METHOD)
def no_such_route(path: str) -> Response:
    """What is not an API of ours is no page of the client either."""
    raise NotFound(f"There is no /api/{path}.")


@blueprint.get("/", defaults={"path": ""})
@blueprint.get("/<path:path>")
def page_or_file(path: str) -> Response:
    """A file of the build, or the client for every other address without a file extension."""
    settings = services_of_app().settings
    if path != "index.html" and _is_file(settings.web_root / path):
        response = send_from_directory(settings.web_root, path, conditional=True)
        response.headers["Cache-Control"] = FOREVER if path.startswith(ASSETS) else ALWAYS_ASK
        return response
    if path.startswith(ASSETS) or "." in path.rpartition("/")[2].removesuffix("index.html"):
        raise NotFound
    return _client(settings)


def secure_answers(app: Flask, settings: Settings) -> None:
    """Give every answer its security headers."""
    page_policy, encrypted = content_security_policy(settings), settings.public_url.startswith("https://")

    def add_headers(response: Response) -> Response:
        headers = response.headers
        policy = page_policy if response.mimetype == "text/html" else NOTHING_ALLOWED
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=()")
        if encrypted:
            headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        if request.path.startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add_headers)


def content_security_policy(settings: Settings) -> str:
    """Scripts and styles only from our own files; connections and pictures only from us and Supabase."""
    supabase = settings.browser_supabase_url
    socket = urlsplit(supabase)._replace(scheme="wss" if supabase.startswith("https") else "ws").geturl()
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: blob: {supabase}",
        "font-src": "'self'",
        "connect-src": f"'self' {supabase} {socket}",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def build_id(settings: Settings) -> str:
    """The configured name of the build; else 12 hex digits of a hash of index.html, which names its hashed assets."""
    if settings.build:
        return settings.build
    try:
        index = settings.web_root / "index.html"
        return _digest(index, index.stat().st_mtime_ns)
    except FileNotFoundError:
        return "development"


@lru_cache(maxsize=4)
def _digest(index: Path, _changed_at: int) -> str:
    return hashlib.sha256(index.read_bytes()).hexdigest()[:12]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is longer than a file's can be
        return False


def _client(settings: Settings) -> Response:
    try:
        html = (settings.web_root / "index.html").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Unavailable("web_not_built", "The web pages have not been built: run ./scripts/dev.") from None
    response = Response(html.replace(CONFIG_PLACEHOLDER, _config(settings)), mimetype="text/html")
    response.headers["Cache-Control"] = ALWAYS_ASK
    return response


def _config(settings: Settings) -> str:
    """The public settings as an inert script element; `<` is escaped, so no value can end the element."""
    public = {
        "supabase_url": settings.browser_supabase_url,
        "publishable_key": settings.supabase_publishable_key,
        "build": build_id(settings),
    }
    text = json.dumps(public).replace("<", "\\u003c")
    return f'<script type="application/json" id="fieldlite-config">{text}</script>'
