"""What the sandbox's pages share: their templates, and the check that a form was posted by one of them."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from scripts.sandbox.links import linked

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
templates.filters["clock"] = lambda at: datetime.fromisoformat(at).astimezone().strftime("%H:%M")
templates.filters["linked"] = linked


def same_origin(request: Request) -> bool:
    """Whether a form was posted by our own page (browsers name the origin of every POST)."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host")
