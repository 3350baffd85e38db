"""The forms of the Stripe settings: an address with a path, lists of signing secrets, and a price for each plan."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

_PRICE = re.compile(r"(?P<plan>[a-z_]+):(?P<price>price_\w+)")


def _api_base(url: str) -> str:
    """Accept nothing, or `http[s]://host[:port][/path]`; return it without a closing slash."""
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("must look like https://example.com/path, or be empty")
    return url.rstrip("/")


def _secrets(secret: SecretStr) -> SecretStr:
    split_secrets(secret)
    return secret


def _prices(text: str) -> str:
    split_prices(text)
    return text


ApiBase = Annotated[str, AfterValidator(_api_base)]
SigningSecrets = Annotated[SecretStr, AfterValidator(_secrets)]
PriceIds = Annotated[str, AfterValidator(_prices)]


def split_secrets(secret: SecretStr) -> tuple[str, ...]:
    """The secrets of a comma separated list. Raises ValueError, which quotes none of them."""
    parts = tuple(part.strip() for part in secret.get_secret_value().split(",") if part.strip())
    if not all(part.startswith("whsec_") for part in parts):
        raise ValueError("must be signing secrets, whsec_..., separated by commas")
    return parts


def split_prices(text: str) -> dict[str, str]:
    """`solo:price_x,team:price_y` as plan -> price. Raises ValueError."""
    matches = [_PRICE.fullmatch(part.strip()) for part in text.split(",") if part.strip()]
    if not all(matches):
        raise ValueError("must look like solo:price_x,team:price_y")
    return {match["plan"]: match["price"] for match in matches if match}
