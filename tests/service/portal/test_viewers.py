"""Previews of links are not people; everybody else is."""

from __future__ import annotations

import pytest

from service.portal.viewers import PREVIEW_PROGRAMS, is_person

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
PEOPLE = [
    IPHONE,
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Safari/537.36",
    # Windows inside other apps: a person is looking
    IPHONE + " [FBAN/FBIOS;FBAV/470.0]",
    IPHONE + " Instagram 335.0",
    "Mozilla/5.0 (Linux; Android 13; CUBOT_X70) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
]
PROGRAMS = [
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    # iMessage draws its previews under this name
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
    "python-requests/2.32",
    "curl/8.5.0",
    "",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_a_person_looks(agent: str) -> None:
    assert is_person("GET", {"User-Agent": agent})


@pytest.mark.parametrize("agent", PROGRAMS)
def test_a_program_fetches(agent: str) -> None:
    assert not is_person("GET", {"User-Agent": agent})


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_only_a_get_is_a_look(method: str) -> None:
    assert not is_person(method, {"User-Agent": IPHONE})


@pytest.mark.parametrize(("name", "value"), [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"),
                                             ("X-Purpose", "preview"), ("X-Moz", "prefetch")])  # fmt: skip
def test_a_browser_that_fetches_ahead_does_not_look_yet(name: str, value: str) -> None:
    assert not is_person("GET", {"User-Agent": IPHONE, name: value})


def test_the_list_is_in_lower_case() -> None:
    assert all(program == program.lower() for program in PREVIEW_PROGRAMS)
