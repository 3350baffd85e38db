"""What Storage does not have says so by name."""

from __future__ import annotations

import pytest

from tests.embedded.storage.desk import PRIVATE, Person, refusal


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "/upload/resumable", "Resumable upload (tus)"),
        ("OPTIONS", "/upload/resumable", "Resumable upload (tus)"),
        ("PATCH", "/upload/resumable/abc", "Resumable upload (tus)"),
        ("GET", "/render/image/public/window/a.png", "Image transformation"),
        ("PUT", "/s3/bucket/key", "Storage's S3 protocol"),
        ("POST", "/vector/CreateIndex", "Storage for vectors"),
        ("GET", "/iceberg/v1/config", "Storage for analytics (Iceberg)"),
        ("DELETE", "/cdn/window/a.png", "Storage's CDN"),
    ],
)
def test_a_missing_part_answers_501_with_its_name(service: Person, method: str, path: str, name: str) -> None:
    message = f"{name} is not part of the embedded Supabase."
    assert refusal(service.send(method, path)) == (501, "501", "not_implemented", message)


def test_a_signed_url_for_a_transformed_image_is_missing_too(service: Person) -> None:
    body = {"expiresIn": 60, "transform": {"width": 100}}
    assert refusal(service.send("POST", f"/object/sign/{PRIVATE}/a.png", json=body))[0] == 501


def test_an_unknown_path_answers_404(service: Person) -> None:
    answer = service.send("GET", "/nothing")
    assert (answer.status_code, answer.json()["message"]) == (404, "Route GET:/nothing not found")
    assert service.send("GET", "/status").status_code == 200


def test_a_secret_key_is_refused_from_a_browser(service: Person) -> None:
    headers = {"apikey": service.info.keys.secret, "user-agent": "Mozilla/5.0 (X11; Linux x86_64)"}
    answer = service.send("GET", "/bucket", headers=headers)
    assert (answer.status_code, answer.json()["message"]) == (401, "Forbidden use of secret API key in browser")
