"""The project's Auth settings: what everybody may ask for, and what only its owner or its config.toml tells."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from scripts.project.findings import Finding, compared
from scripts.stack.layout import ROOT

SECONDS = 10.0
HOSTED = ".supabase.co"
MANAGEMENT_API = "https://api.supabase.com/v1"
TOKEN_VARIABLE = "SUPABASE_ACCESS_TOKEN"  # noqa: S105  (the variable's name)
CONFIG = ROOT / "supabase" / "config.toml"

LEAST_PASSWORD = 8
LONGEST_TOKEN_SECONDS = 3600
LONGEST_SESSION_HOURS = 168


@dataclass(frozen=True)
class AuthConfig:
    """What Auth does not tell everybody; None where it could not be learnt."""

    password_length: int
    token_seconds: int
    session_hours: float
    second_factors: bool
    smtp_host: str | None


def check_auth(supabase_url: str, publishable_key: str, config: Path = CONFIG) -> Iterator[Finding]:
    """Everything about signing in."""
    yield from _public_settings(supabase_url, publishable_key)
    yield from _private_settings(supabase_url, config)


def _public_settings(supabase_url: str, publishable_key: str) -> Iterator[Finding]:
    try:
        answer = httpx.get(f"{supabase_url}/auth/v1/settings", headers={"apikey": publishable_key}, timeout=SECONDS)
        told = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as problem:
        yield Finding("fail", f"Auth answers: {problem}", "Check FIELDLITE_SUPABASE_URL and its publishable key.")
        return
    external = told.get("external", {})
    yield compared(
        "people can sign in with e-mail", good=bool(external.get("email")), advice="Auth, providers: enable e-mail."
    )
    yield compared(
        "e-mail addresses must be confirmed",
        good=not told.get("mailer_autoconfirm"),
        advice="Auth, e-mail provider: switch 'Confirm email' on. Invitations trust the address.",
    )
    yield compared(
        "nobody signs in anonymously",
        good=not external.get("anonymous_users"),
        advice="Auth, providers: switch anonymous sign-ins off.",
    )
    if told.get("disable_signup"):
        yield Finding(
            "warn", "sign-ups are closed", "Nobody new can come, also not with an invitation, until they open."
        )
    else:
        yield Finding("ok", "sign-ups are open")


def _private_settings(supabase_url: str, config: Path) -> Iterator[Finding]:
    try:
        known = _learn(supabase_url, config)
    except (httpx.HTTPError, KeyError, ValueError, OSError) as problem:
        yield Finding("fail", f"Auth's settings can be read: {problem!r}", f"Check {TOKEN_VARIABLE}.")
        return
    if known is None:
        yield Finding(
            "warn",
            "password length, life of tokens, second factors and SMTP cannot be seen from here",
            f"Hosted: set {TOKEN_VARIABLE}. Self-hosted: compare Auth's variables with [auth] of supabase/config.toml.",
        )
        return
    yield compared(
        f"passwords have {LEAST_PASSWORD} characters at least",
        good=known.password_length >= LEAST_PASSWORD,
        advice=f"Auth, e-mail provider: minimum password length {LEAST_PASSWORD}.",
    )
    yield compared(
        "access tokens live an hour at most",
        good=known.token_seconds <= LONGEST_TOKEN_SECONDS,
        advice=f"JWT settings: expiry {LONGEST_TOKEN_SECONDS} seconds. Until it, a token opens what it opened.",
    )
    yield compared(
        "log-ins end after a week",
        good=0 < known.session_hours <= LONGEST_SESSION_HOURS,
        advice=f"Auth, sessions: time-box {LONGEST_SESSION_HOURS} hours, as the refresh cookie.",
    )
    yield compared(
        "second factors can be used", good=known.second_factors, advice="Auth, multi-factor: enable TOTP, both parts."
    )
    if not known.smtp_host:
        advice = "Auth, SMTP settings: without a server of yours, hosted Supabase mails a few people an hour only."
        yield Finding("warn" if _is_here(supabase_url) else "fail", "Auth mails through a server of yours", advice)


def _learn(supabase_url: str, config: Path) -> AuthConfig | None:
    """Ask hosted Supabase's management API, or read the file that a project of this machine runs with."""
    host = urlsplit(supabase_url).hostname or ""
    token = os.environ.get(TOKEN_VARIABLE)
    if host.endswith(HOSTED) and token:
        return _hosted(host.removesuffix(HOSTED), token)
    return _local(config) if _is_here(supabase_url) else None


def _hosted(project: str, token: str) -> AuthConfig:
    answer = httpx.get(
        f"{MANAGEMENT_API}/projects/{project}/config/auth",
        headers={"Authorization": f"Bearer {token}"},
        timeout=SECONDS,
    )
    told: dict[str, Any] = answer.raise_for_status().json()
    return AuthConfig(
        password_length=told["password_min_length"],
        token_seconds=told["jwt_exp"],
        session_hours=told["sessions_timebox"] or 0,
        second_factors=bool(told["mfa_totp_enroll_enabled"] and told["mfa_totp_verify_enabled"]),
        smtp_host=told["smtp_host"],
    )


def _local(config: Path) -> AuthConfig:
    auth = tomllib.loads(config.read_text())["auth"]
    totp = auth.get("mfa", {}).get("totp", {})
    return AuthConfig(
        password_length=auth.get("minimum_password_length", 6),
        token_seconds=auth.get("jwt_expiry", LONGEST_TOKEN_SECONDS),
        session_hours=float(str(auth.get("sessions", {}).get("timebox", "0h")).removesuffix("h")),
        second_factors=bool(totp.get("enroll_enabled") and totp.get("verify_enabled")),
        smtp_host=auth.get("email", {}).get("smtp", {}).get("host"),
    )


def _is_here(supabase_url: str) -> bool:
    return urlsplit(supabase_url).hostname in {"127.0.0.1", "localhost", "::1"}
