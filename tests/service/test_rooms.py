"""Who may import whom, and who may touch the secret key: read from the source of the rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import REPOSITORY

SERVICE = sorted((REPOSITORY / "service").rglob("*.py"))
WEBHOOKS = sorted((REPOSITORY / "webhooks").rglob("*.py"))
PRODUCT = [*SERVICE, *WEBHOOKS]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(prefix: str, files: list[Path]) -> set[str]:
    return {
        str(path.relative_to(REPOSITORY))
        for path in files
        if any(name == prefix or name.startswith(f"{prefix}.") for name in imports(path))
    }


def test_the_service_knows_nothing_of_the_webhooks() -> None:
    assert importers("webhooks", SERVICE) == set()


@pytest.mark.parametrize("room", ["scripts", "supabase_local", "tests"])
def test_nobody_imports_what_is_not_the_product(room: str) -> None:
    assert importers(room, PRODUCT) == set()


def test_supabase_clients_are_made_behind_one_door() -> None:
    assert importers("supabase", PRODUCT) == {"service/supabase_door.py"}
    assert importers("storage3", PRODUCT) == {"service/supabase_door.py"}


def test_twilio_rest_is_imported_by_telephony_only() -> None:
    assert {Path(path).parts[1] for path in importers("twilio.rest", PRODUCT)} <= {"telephony"}


def test_stripe_is_imported_by_payments_and_by_the_signature_check_only() -> None:
    elsewhere = {path for path in importers("stripe", PRODUCT) if not path.startswith("service/payments/")}
    assert elsewhere == {"webhooks/stripe/signature.py"}


def test_mail_leaves_through_one_door() -> None:
    assert importers("smtplib", PRODUCT) == {"service/mail/post.py"}


def test_typst_is_run_in_one_place() -> None:
    assert importers("typst", PRODUCT) == {"service/pdf/render.py"}


def test_the_secret_key_is_read_by_the_door_only() -> None:
    readers = {
        str(path.relative_to(REPOSITORY))
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "supabase_secret_key"
    }
    assert readers == {"service/supabase_door.py", "service/placeholders.py"}  # the latter refuses demo keys


BELOW_THE_ROUTES = [
    *(REPOSITORY / "service" / name for name in ("vault.py", "twilio_settings.py", "invitations.py", "data_api.py")),
    *(path for path in (REPOSITORY / "service" / "sessions").glob("*.py") if path.stem != "cookie"),
    *sorted((REPOSITORY / "service" / "mail").rglob("*.py")),
    *sorted((REPOSITORY / "service" / "payments").rglob("*.py")),
    *sorted((REPOSITORY / "service" / "operations").rglob("*.py")),
    *sorted((REPOSITORY / "service" / "pdf").rglob("*.py")),
    *sorted((REPOSITORY / "service" / "contacts").rglob("*.py")),
    *(path for path in (REPOSITORY / "service" / "portal").glob("*.py") if path.stem not in {"routes", "answers"}),
]


def test_below_the_routes_nobody_imports_flask() -> None:
    assert importers("flask", BELOW_THE_ROUTES) == set()
