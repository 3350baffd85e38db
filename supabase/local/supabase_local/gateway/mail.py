"""The second HTTP port: the mailbox that catches e-mail."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp

from supabase_local.context import Stack
from supabase_local.mailbox import routes as mailbox


def create_mailbox(stack: Stack) -> ASGIApp:
    """Build the application that answers on the mailbox port; the API's application opens the pools that it uses."""
    return Starlette(routes=mailbox.routes(stack))
