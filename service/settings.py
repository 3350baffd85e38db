"""Every setting of the service and of the worker, typed and documented; `.env.example` lists them all.

Values come from the environment, or from a file `.env` in the working directory. A process that misses one, or that
runs in production with a value made for development, does not start.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.keyring import Keyring
from service.mail.relay import MailFrom, SmtpUrl
from service.placeholders import production_faults
from service.stripe_values import ApiBase, PriceIds, SigningSecrets, split_prices, split_secrets

REPOSITORY = Path(__file__).resolve().parent.parent

DatabaseLogin = Literal["webhook", "portal", "worker"]
StripeEndpoint = Literal["platform", "connect"]


class SettingsError(Exception):
    """The settings do not allow a start. The text names the variables and never a value."""


def _origin(url: str) -> str:
    """Accept `scheme://host[:port]`, with or without a closing slash; return it without one."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must look like https://example.com")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must be an origin: no path, query, fragment or user name")
    return f"{parts.scheme}://{parts.netloc}"


def _optional(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: check(text) if text else ""


def _keyring(secret: SecretStr) -> SecretStr:
    Keyring.parse(secret.get_secret_value())
    return secret


Origin = Annotated[str, AfterValidator(_origin)]
OptionalOrigin = Annotated[str, AfterValidator(_optional(_origin))]
VaultKeys = Annotated[SecretStr, AfterValidator(_keyring)]


class Settings(BaseSettings):
    """One object, made once at start, never changed."""

    model_config = SettingsConfigDict(
        env_prefix="FIELDLITE_", env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Literal["development", "test", "production"] = "development"
    """`production` refuses demo keys, placeholders and an unencrypted public address."""

    public_url: Origin
    """The origin that people and providers reach us at. Twilio's signatures are checked against it."""

    supabase_url: Origin
    """Where the service reaches Supabase."""

    supabase_public_url: OptionalOrigin = ""
    """Where browsers reach Supabase; empty: the same as `supabase_url`."""

    supabase_publishable_key: str = Field(min_length=1)
    """The key that browsers use. Not a secret."""

    supabase_secret_key: SecretStr | None = None
    """The project's secret key; read by `service.supabase_door` and by nothing else.

    A worker needs it only to remove files from Storage: without it they wait for a worker that has it."""

    database_url_webhook: SecretStr | None = None
    """DSN of the login `fieldlite_webhook`."""

    database_url_portal: SecretStr | None = None
    """DSN of the login `fieldlite_portal`, which serves our own API."""

    database_url_worker: SecretStr | None = None
    """DSN of the login `fieldlite_worker`; in session mode, since it listens."""

    vault_keys: VaultKeys
    """`id:base64-of-32-bytes[,...]`; the first key encrypts credentials, all of them decrypt."""

    twilio_api_base_url: OptionalOrigin = ""
    """Where Twilio's REST API is; empty: the real one. The sandbox in development and tests."""

    stripe_api_base_url: ApiBase = ""
    """Where Stripe's REST API is, with a path if it has one; empty: the real one. The sandbox in development."""

    stripe_secret_key: SecretStr = SecretStr("")
    """The platform's secret (or restricted) key; empty: payments are not offered."""

    stripe_livemode: bool = False
    """Whether events and accounts of live mode are ours; those of the other mode are acknowledged and left alone."""

    stripe_platform_secrets: SigningSecrets = SecretStr("")
    """Signing secrets of the endpoint for our own account's events, comma separated while one is being rotated."""

    stripe_connect_secrets: SigningSecrets = SecretStr("")
    """Signing secrets of the endpoint for connected accounts' events, likewise."""

    stripe_price_ids: PriceIds = ""
    """The price of each plan, `solo:price_x,team:price_y`."""

    smtp_url: SmtpUrl = SecretStr("")
    """`smtp://user:password@host:port?tls=starttls`, `implicit` or `none`: what takes the service's own mails."""

    mail_from: MailFrom = ""
    """Whom those mails are from: `FieldLite <no-reply@example.com>`."""

    trusted_proxies: int = Field(default=0, ge=0, le=10)
    """How many proxies of our own stand before the service and add to X-Forwarded-For."""

    build: str = Field(default="", max_length=64)
    """The name of this build; empty: derived from the built web, so that open pages notice a newer one."""

    web_root: Path = REPOSITORY / "web" / "dist"
    """The folder of the built web."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least important level that is logged."""

    @model_validator(mode="after")
    def _refuse_development_values_in_production(self) -> Settings:
        if self.environment == "production" and (faults := production_faults(self)):
            raise ValueError("; ".join(faults))
        return self

    @model_validator(mode="after")
    def _refuse_half_of_stripe(self) -> Settings:
        if not self.stripe_secret_key and (self.stripe_signing_secrets or self.stripe_prices):
            raise ValueError("FIELDLITE_STRIPE_SECRET_KEY is not set, and other settings of Stripe are")
        return self

    @property
    def stripe_signing_secrets(self) -> tuple[tuple[StripeEndpoint, str], ...]:
        """Every signing secret with the endpoint that it belongs to."""
        platform, connect = split_secrets(self.stripe_platform_secrets), split_secrets(self.stripe_connect_secrets)
        return (*(("platform", secret) for secret in platform), *(("connect", secret) for secret in connect))

    @property
    def stripe_prices(self) -> dict[str, str]:
        """The price id of each plan."""
        return split_prices(self.stripe_price_ids)

    @property
    def browser_supabase_url(self) -> str:
        """The origin of Supabase as browsers see it."""
        return self.supabase_public_url or self.supabase_url

    def keyring(self) -> Keyring:
        """The vault's keys, parsed."""
        return Keyring.parse(self.vault_keys.get_secret_value())

    def database_url(self, login: DatabaseLogin) -> str:
        """The DSN of one login; SettingsError when this process was not given it."""
        secret = {
            "webhook": self.database_url_webhook,
            "portal": self.database_url_portal,
            "worker": self.database_url_worker,
        }[login]
        if secret is None:
            raise SettingsError(f"FIELDLITE_DATABASE_URL_{login.upper()} is not set")
        return secret.get_secret_value()


def load_settings(**overrides: Any) -> Settings:
    """Read the environment, `overrides` first; SettingsError with one line for each fault."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError("\n".join(_describe(error))) from None


def _describe(error: ValidationError) -> list[str]:
    lines = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        field = "_".join(str(part) for part in fault["loc"])
        name = f"FIELDLITE_{field.upper()}: " if field else ""
        lines.append(f"{name}{'is not set' if fault['type'] == 'missing' else fault['msg']}")
    return lines
