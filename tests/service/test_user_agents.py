"""Devices have the names that people give them."""

from __future__ import annotations

import pytest

from service.user_agents import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/138.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/138.0 Safari/5 Edg/138.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.5 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) CriOS/138 Mobile Safari/604", "Chrome on iPhone"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} SamsungBrowser/28.0 Chrome/130", "Samsung Internet on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (X11; Linux x86_64) Something/1.0", "Linux"),
        ("curl/8.14", ""),
        ("", ""),
    ],
)
def test_device_name(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
