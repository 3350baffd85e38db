"""The OAuth providers that ``[auth.external.<name>]`` of ``config.toml`` enables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from supabase_local.auth.errors import validation_failed
from supabase_local.context import Project

TITLES = {
    "apple": "Apple", "azure": "Azure", "bitbucket": "Bitbucket", "discord": "Discord", "facebook": "Facebook",
    "figma": "Figma", "fly": "Fly", "github": "GitHub", "gitlab": "GitLab", "google": "Google", "kakao": "Kakao",
    "keycloak": "Keycloak", "linkedin": "LinkedIn", "linkedin_oidc": "LinkedIn (OIDC)", "notion": "Notion",
    "slack": "Slack", "slack_oidc": "Slack (OIDC)", "snapchat": "Snapchat", "spotify": "Spotify", "twitch": "Twitch",
    "twitter": "Twitter", "workos": "WorkOS", "x": "X", "zoom": "Zoom",
}  # fmt: skip
"""The providers that Supabase Auth knows, as people know them."""


@dataclass(frozen=True)
class Provider:
    """An enabled provider: what the project has registered there."""

    name: str
    client_id: str
    redirect_uri: str
    """Where the provider sends people back to, ``<api_url>/auth/v1/callback``."""

    @property
    def title(self) -> str:
        """The provider's name as people know it."""
        return TITLES[self.name]


def load_providers(project: Project, external_url: str) -> dict[str, Provider]:
    """Return the enabled providers by name. Raises ValueError for one without a client id, as the official CLI does."""
    enabled = [name for name in TITLES if project.setting(f"auth.external.{name}.enabled", False)]
    return {name: _provider(project, name, external_url) for name in enabled}


def enabled_provider(providers: Mapping[str, Provider], name: str) -> Provider:
    """Return an enabled provider. Raises ``validation_failed`` (400) for others."""
    if name in providers:
        return providers[name]
    reason = "provider is not enabled" if name in TITLES else f"Provider {name} could not be found"
    raise validation_failed(f"Unsupported provider: {reason}")


def _provider(project: Project, name: str, external_url: str) -> Provider:
    client_id = str(project.setting(f"auth.external.{name}.client_id", ""))
    if not client_id:
        raise ValueError(f"config.toml: auth.external.{name}.client_id is missing")
    redirect_uri = str(project.setting(f"auth.external.{name}.redirect_uri", ""))
    return Provider(name, client_id, redirect_uri or f"{external_url}/callback")
