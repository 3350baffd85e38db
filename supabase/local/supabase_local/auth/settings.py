"""What ``[auth]`` of ``config.toml`` says, with the official CLI's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from supabase_local.auth.durations import parse_duration
from supabase_local.auth.oauth.providers import Provider, load_providers
from supabase_local.context import Project, Stack

_LOWER, _UPPER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_SYMBOLS = "!@#$%^&*()_+-=[]{};'\\:\"|<>?,./`~"
_PASSWORD_REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "": (),
    "letters_digits": (_LOWER + _UPPER, _DIGITS),
    "lower_upper_letters_digits": (_LOWER, _UPPER, _DIGITS),
    "lower_upper_letters_digits_symbols": (_LOWER, _UPPER, _DIGITS, _SYMBOLS),
}
_UNLIMITED_EMAILS = 360_000
"""Per hour: what the official CLI sets when no SMTP server is configured, whatever ``email_sent`` says."""


@dataclass(frozen=True)
class RateLimits:
    """Numbers of ``[auth.rate_limit]``: e-mails per hour for the project, the others per address in five minutes."""

    email_sent: int
    sign_in_sign_ups: int
    token_refresh: int
    token_verifications: int


@dataclass(frozen=True)
class MfaSettings:
    """``[auth.mfa]``: which kinds of second factors may be added, and how many a person may have."""

    largest_count: int
    enroll_enabled: Mapping[str, bool]
    """By type of factor: ``totp``, ``phone``, ``webauthn``."""
    verify_enabled: bool
    """Whether TOTP codes are accepted."""


@dataclass(frozen=True)
class AuthSettings:
    """``[auth]``, ``[auth.email]`` and ``[auth.sessions]`` as the room uses them. Durations are timedeltas."""

    external_url: str
    """Base of confirmation links, ``http://127.0.0.1:54321/auth/v1``."""
    issuer: str
    site_url: str
    redirect_urls: tuple[str, ...]
    jwt_expiry: int
    """Seconds that an access token is valid."""
    rotate_refresh_tokens: bool
    reuse_interval: timedelta
    signup_enabled: bool
    email_enabled: bool
    phone_enabled: bool
    anonymous_enabled: bool
    confirmations: bool
    double_confirm_changes: bool
    secure_password_change: bool
    max_frequency: timedelta
    otp_length: int
    otp_expiry: timedelta
    password_length: int
    password_characters: tuple[str, ...]
    session_timebox: timedelta | None
    session_inactivity: timedelta | None
    sender_name: str
    sender_address: str
    limits: RateLimits
    mfa: MfaSettings
    manual_linking: bool
    """Whether signed-in people may link and unlink identities."""
    providers: Mapping[str, Provider]


def load_settings(stack: Stack) -> AuthSettings:
    """Read the project's auth settings. Raises ValueError naming the setting when a value makes no sense."""
    get = stack.project.setting
    external_url = f"{stack.api_url}/auth/v1"
    return AuthSettings(
        external_url=external_url,
        issuer=str(get("auth.jwt_issuer", external_url)),
        site_url=str(get("auth.site_url", "http://127.0.0.1:3000")),
        redirect_urls=tuple(get("auth.additional_redirect_urls", [])),
        jwt_expiry=int(get("auth.jwt_expiry", 3600)),
        rotate_refresh_tokens=bool(get("auth.enable_refresh_token_rotation", True)),
        reuse_interval=timedelta(seconds=int(get("auth.refresh_token_reuse_interval", 10))),
        signup_enabled=bool(get("auth.enable_signup", True)),
        email_enabled=bool(get("auth.email.enabled", get("auth.email.enable_signup", True))),
        phone_enabled=bool(get("auth.sms.enabled", get("auth.sms.enable_signup", False))),
        anonymous_enabled=bool(get("auth.enable_anonymous_sign_ins", False)),
        confirmations=bool(get("auth.email.enable_confirmations", False)),
        double_confirm_changes=bool(get("auth.email.double_confirm_changes", True)),
        secure_password_change=bool(get("auth.email.secure_password_change", False)),
        max_frequency=_duration(stack.project, "auth.email.max_frequency", "1s") or timedelta(),
        otp_length=int(get("auth.email.otp_length", 6)),
        otp_expiry=timedelta(seconds=int(get("auth.email.otp_expiry", 3600))),
        # The CLI refuses less than six characters by raising the number.
        password_length=max(6, int(get("auth.minimum_password_length", 6))),
        password_characters=_password_characters(str(get("auth.password_requirements", ""))),
        session_timebox=_duration(stack.project, "auth.sessions.timebox", None),
        session_inactivity=_duration(stack.project, "auth.sessions.inactivity_timeout", None),
        sender_name=_sender(stack.project, "sender_name", "Admin"),
        sender_address=_sender(stack.project, "admin_email", "admin@email.com"),
        limits=_rate_limits(stack.project),
        mfa=_mfa_settings(stack.project),
        manual_linking=bool(get("auth.enable_manual_linking", False)),
        providers=load_providers(stack.project, external_url),
    )


def _duration(project: Project, path: str, default: str | None) -> timedelta | None:
    text: Any = project.setting(path, default)
    if text is None:
        return None
    try:
        return parse_duration(str(text))
    except ValueError as error:
        raise ValueError(f"config.toml: {path}: {error}") from error


def _password_characters(requirements: str) -> tuple[str, ...]:
    if requirements not in _PASSWORD_REQUIREMENTS:
        raise ValueError(f"config.toml: auth.password_requirements: unknown value {requirements!r}")
    return _PASSWORD_REQUIREMENTS[requirements]


def _smtp_enabled(project: Project) -> bool:
    return bool(project.setting("auth.email.smtp", {})) and bool(project.setting("auth.email.smtp.enabled", True))


def _sender(project: Project, name: str, default: str) -> str:
    if _smtp_enabled(project):
        return str(project.setting(f"auth.email.smtp.{name}", default))
    return str(project.mail_setting(name, default))


def _mfa_settings(project: Project) -> MfaSettings:
    sections = {"totp": "totp", "phone": "phone", "webauthn": "web_authn"}
    return MfaSettings(
        largest_count=int(project.setting("auth.mfa.max_enrolled_factors", 10)),
        enroll_enabled={
            kind: bool(project.setting(f"auth.mfa.{section}.enroll_enabled", False))
            for kind, section in sections.items()
        },
        verify_enabled=bool(project.setting("auth.mfa.totp.verify_enabled", False)),
    )


def _rate_limits(project: Project) -> RateLimits:
    def number(name: str, default: int) -> int:
        return int(project.setting(f"auth.rate_limit.{name}", default))

    return RateLimits(
        email_sent=number("email_sent", 2) if _smtp_enabled(project) else _UNLIMITED_EMAILS,
        sign_in_sign_ups=number("sign_in_sign_ups", 30),
        token_refresh=number("token_refresh", 150),
        token_verifications=number("token_verifications", 30),
    )
