"""The project's API keys: the official CLI's demo values unless ``config.toml`` sets its own secret."""

from __future__ import annotations

import jwt

from supabase_local.context import Keys, Project

DEMO_JWT_SECRET = "super-secret-jwt-token-with-at-least-32-characters-long"  # noqa: S105 (published by the CLI)
DEMO_PUBLISHABLE_KEY = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH"
DEMO_SECRET_KEY = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz"  # noqa: S105 (published by the CLI)
DEMO_ISSUER = "supabase-demo"
DEMO_EXPIRY = 1983812996
"""Seconds since 1970: the expiry of the CLI's demo tokens, in 2032."""


def project_keys(project: Project) -> Keys:
    """Return the keys that clients of this project use; the tokens are signed with its secret."""
    secret = str(project.setting("auth.jwt_secret", DEMO_JWT_SECRET))
    return Keys(
        jwt_secret=secret,
        anon=str(project.setting("auth.anon_key", legacy_key("anon", secret))),
        service_role=str(project.setting("auth.service_role_key", legacy_key("service_role", secret))),
        publishable=str(project.setting("auth.publishable_key", DEMO_PUBLISHABLE_KEY)),
        secret=str(project.setting("auth.secret_key", DEMO_SECRET_KEY)),
    )


def legacy_key(role: str, secret: str) -> str:
    """Return the legacy API key of a role: a token with the claims and expiry of the CLI's demo keys."""
    return jwt.encode({"iss": DEMO_ISSUER, "role": role, "exp": DEMO_EXPIRY}, secret, algorithm="HS256")
