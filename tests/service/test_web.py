"""The built client as browsers get it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service import web
from tests.service.settings_values import make_settings


@pytest.mark.parametrize("path", ["/", "/inbox", "/settings/twilio", "/confirm?token_hash=x", "/index.html"])
def test_every_page_is_the_client_with_its_public_settings(lonely: FlaskClient, path: str) -> None:
    answer = lonely.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    found = re.search(r'<script type="application/json" id="fieldlite-config">(.*?)</script>', answer.text)
    assert found is not None
    config = json.loads(found[1])
    assert set(config) == {"supabase_url", "publishable_key", "build"}
    assert config["publishable_key"] == "sb_publishable_of_a_test"
    assert "sb_secret" not in answer.text


def test_hashed_assets_are_kept_for_ever_and_other_files_are_asked_for(lonely: FlaskClient) -> None:
    asset = lonely.get("/assets/index-abc123.js", buffered=True)
    assert "immutable" in asset.headers["Cache-Control"]
    manifest = lonely.get("/manifest.webmanifest", buffered=True)
    assert manifest.headers["Cache-Control"] == "no-cache"
    again = lonely.get("/manifest.webmanifest", headers={"If-None-Match": manifest.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/assets/gone-000.js", "/robots.txt", "/assets/", "/../secret.txt", "/assets/%2e%2e/x.y"]
)
def test_a_file_that_is_not_there_is_not_the_client(lonely: FlaskClient, path: str) -> None:
    assert lonely.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/" + "a" * 5000, "/%00", "/inbox/%ff%fe"])
def test_an_odd_address_is_a_page_like_any_other(lonely: FlaskClient, path: str) -> None:
    assert lonely.get(path).status_code == 200


def test_nothing_outside_the_folder_is_served(lonely: FlaskClient, web_root: Path) -> None:
    (web_root.parent / "secret.txt").write_text("secret")
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", f"/{web_root.parent}/secret.txt"):
        assert lonely.get(path).text != "secret"


def test_scripts_come_from_us_and_connections_go_to_us_and_supabase(lonely: FlaskClient) -> None:
    policy = lonely.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self' http://127.0.0.1:9 ws://127.0.0.1:9;" in policy
    assert "img-src 'self' data: blob: http://127.0.0.1:9;" in policy
    assert "unsafe" not in policy
    hosted = web.content_security_policy(make_settings(supabase_public_url="https://db.ridgeline.test"))
    assert "https://db.ridgeline.test wss://db.ridgeline.test" in hosted


def test_our_api_is_never_kept_by_a_cache(lonely: FlaskClient) -> None:
    answer = lonely.get("/api/v1/health")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in answer.headers  # public_url is http in this test


def test_no_setting_can_end_the_script_element(web_root: Path) -> None:
    settings = make_settings(web_root=web_root, build="</script><script>alert(1)</script>")
    assert web._config(settings).count("<script") == 1  # noqa: SLF001


def test_a_new_build_has_another_name(web_root: Path) -> None:
    settings = make_settings(web_root=web_root)
    before = web.build_id(settings)
    (web_root / "index.html").write_text("<!doctype html><title>newer</title>")
    assert web.build_id(settings) != before
    assert web.build_id(make_settings(web_root=web_root / "none")) == "development"
    assert web.build_id(make_settings(build="2026.11")) == "2026.11"
