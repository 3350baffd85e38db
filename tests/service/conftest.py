"""An app that needs no stack: every door leads nowhere, so what is tested is what happens before and without them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.context import make_services
from service.settings import Settings
from tests.service.settings_values import make_settings

INDEX = (
    '<!doctype html><html><head><!--fieldlite-config--><script src="/assets/index-abc123.js"></script></head></html>'
)


@pytest.fixture
def web_root(tmp_path: Path) -> Path:
    """A built web of two files."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "assets" / "index-abc123.js").write_text("start()")
    (tmp_path / "manifest.webmanifest").write_text("{}")
    return tmp_path


@pytest.fixture
def settings(web_root: Path) -> Settings:
    return make_settings(web_root=web_root)


@pytest.fixture
def lonely_app(settings: Settings) -> Iterator[Flask]:
    services = make_services(settings)
    yield create_app(settings, services=services)
    services.portal.close()
    services.webhook.close()


@pytest.fixture
def lonely(lonely_app: Flask) -> FlaskClient:
    return lonely_app.test_client()
