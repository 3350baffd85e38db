"""Who counts as having seen a document: a person's browser, not a program that fetches links ahead of people."""

from __future__ import annotations

import re
from collections.abc import Mapping

PREVIEW_PROGRAMS = (
    # What messengers and mail programs fetch to draw a preview of a link
    "facebookexternalhit", "facebookcatalog", "meta-externalagent", "whatsapp", "twitterbot", "telegrambot",
    "slackbot", "slack-imgproxy", "discordbot", "linkedinbot", "skypeuripreview", "google-pagerenderer",
    "googlemessages", "viber", "line-poker", "kakaotalk-scrap", "snap url preview", "embedly", "iframely", "vkshare",
    # Search engines, scanners and other programs that name themselves
    "bot/", "bot;", "bot)", "bot ", "crawler", "spider", "-inspectiontool", "archive.org", "proofpoint", "mimecast",
    "barracuda", "virustotal", "urlscan",
    # Libraries
    "curl/", "wget/", "python-", "httpx", "aiohttp", "go-http-client", "okhttp", "java/", "apache-httpclient",
    "libwww-perl", "php/", "axios/", "node-fetch", "undici", "postmanruntime",
)  # fmt: skip
"""Parts of user agents, in lower case, of whoever fetches a link without a person looking. The only such list.
Browsers inside other apps ("FBAN", "Instagram", "Snapchat") are people, and are not in it."""

_PREVIEW = re.compile("|".join(re.escape(program) for program in PREVIEW_PROGRAMS))


def is_person(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request is somebody looking at a page, as far as it tells. HEAD and prefetches are not."""
    if method != "GET" or not (agent := headers.get("User-Agent", "")):
        return False
    purposes = (headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if any(word in purpose for purpose in purposes for word in ("prefetch", "preview", "prerender")):
        return False
    return _PREVIEW.search(agent.lower()) is None
