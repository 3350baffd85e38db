"""The documents tell the truth: paths exist, and every script, setting, port and route is where it is said to be."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask

from scripts.stack.ports import Ports
from service import web
from service.app import API
from service.portal import routes as portal
from service.settings import Settings
from tests.support.stack import ROOT
from webhooks import stripe, twilio

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
SCRIPTS = sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file() and os.access(path, os.X_OK))
MADE_BY_A_BUILD = {"web/dist", "web/node_modules"}
PATH = re.compile(r"(?:\./)?((?:supabase|service|webhooks|web|scripts|tests|docs)/[\w./-]*|[\w-]+\.(?:lock|toml|md))")


def named_paths(document: Path) -> set[str]:
    """The paths of this repository in a document's code spans and links, as seen from the repository's root."""
    text = document.read_text()
    spans = [word for span in re.findall(r"`([^`\n]+)`", text) for word in span.split()]
    links = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    within = {str((document.parent / link).resolve().relative_to(ROOT)) for link in links if link and "://" not in link}
    return within | {match[1].rstrip("/") for word in spans if (match := PATH.fullmatch(word))}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_named_path_exists(document: Path) -> None:
    missing = {path for path in named_paths(document) - MADE_BY_A_BUILD if not exists(path, document)}
    assert missing == set()


def exists(path: str, document: Path) -> bool:
    """Whether a named path is there: from the root, or, for a bare file name, beside the document or in a room."""
    return (ROOT / path).exists() or (document.parent / path).exists() or any(ROOT.glob(f"*/{path}"))


def table_of(text: str, heading: str) -> list[str]:
    """The first code span of each row of the table below a heading."""
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    body = next(part for part in section if part.startswith(heading))
    return re.findall(r"^\| `([^`]+)`", body, flags=re.MULTILINE)


def test_every_script_is_documented() -> None:
    assert sorted(table_of(OPERATIONS, "Scripts")) == [str(path.relative_to(ROOT)) for path in SCRIPTS]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_explains_itself(script: Path) -> None:
    done = subprocess.run([script, "--help"], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_setting_is_documented() -> None:
    settings = sorted(f"FIELDLITE_{name.upper()}" for name in Settings.model_fields)
    assert sorted(table_of(OPERATIONS, "Settings")) == settings
    example = (ROOT / ".env.example").read_text()
    assert sorted(re.findall(r"^(?:# )?(FIELDLITE_\w+)=", example, flags=re.MULTILINE)) == settings


def test_every_port_is_documented() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\| `--(\w+)-port` \|$", OPERATIONS, flags=re.MULTILINE)
    assert {name: int(port) for port, name in rows} == asdict(Ports())


def test_every_route_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z]+ [^`]+)`", text, flags=re.MULTILINE))
    assert documented == routes()


def routes() -> set[str]:
    """``METHOD /path`` of every route of the service, without the catch-all that answers 404 below ``/api``."""
    app = Flask("routes", static_folder=None)
    for blueprint in (*API, portal.blueprint, twilio.blueprint, stripe.blueprint, web.blueprint):
        app.register_blueprint(blueprint)
    return {
        f"{method} {re.sub('<path:', '<', rule.rule)}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "web.no_such_route"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.mark.parametrize("folder", ["web", "scripts"])
def test_no_npm_lock_names_a_registry(folder: str) -> None:
    assert '"resolved"' not in (ROOT / folder / "package-lock.json").read_text()
