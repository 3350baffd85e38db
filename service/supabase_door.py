"""The one place that holds the project's secret key, with two handles: Auth and Storage.

Everything else that the service asks of Supabase on behalf of a signed-in person goes with that person's own token
(`as_person`), so row level security stays on.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from postgrest import SyncPostgrestClient
from storage3 import SyncStorageClient
from supabase.lib.client_options import SyncClientOptions
from supabase_auth import SyncGoTrueClient

from service.errors import AuthUnavailable
from service.settings import Settings, SettingsError
from supabase import Client, create_client

TIMEOUT = httpx.Timeout(5.0, connect=1.5)
"""Seconds for an answer of Supabase, and for reaching it at all."""

READY_TIMEOUT = httpx.Timeout(1.5)


class SupabaseDoor:
    """Makes clients; keeps none. A client that lives longer than one call mixes people up."""

    def __init__(self, settings: Settings) -> None:
        """SettingsError without a secret key."""
        if settings.supabase_secret_key is None:
            raise SettingsError("FIELDLITE_SUPABASE_SECRET_KEY is not set")
        self._secret_key = settings.supabase_secret_key
        self._publishable_key = settings.supabase_publishable_key
        self._url = settings.supabase_url
        # Reading the certificate store takes 25 ms, making a client with it less than one.
        self._tls = ssl.create_default_context()

    @contextmanager
    def auth(self, visitor: str | None) -> Iterator[SyncGoTrueClient]:
        """A client of Supabase Auth for one call on behalf of a visitor.

        `visitor`: their IP address. Auth limits attempts by it only when told with the secret key; otherwise all of our
        visitors would share the service's own address and so one limit.
        """
        headers = {"Sb-Forwarded-For": visitor} if visitor else {}
        with self._http(TIMEOUT) as http:
            yield self._client(http, headers).auth

    @contextmanager
    def storage(self) -> Iterator[SyncStorageClient]:
        """A client of Supabase Storage with the rights of the project."""
        with self._http(TIMEOUT) as http:
            yield self._client(http, {}).storage

    @contextmanager
    def as_person(self, access_token: str) -> Iterator[SyncPostgrestClient]:
        """A client of the Data API that is the person whose token this is, and can do what they can do."""
        headers = {"apikey": self._publishable_key, "Authorization": f"Bearer {access_token}"}
        with self._http(TIMEOUT) as http:
            yield SyncPostgrestClient(f"{self._url}/rest/v1", headers=headers, http_client=http, retry_enabled=False)

    def check_auth(self) -> None:
        """AuthUnavailable when Supabase Auth does not say that it is healthy."""
        try:
            with self._http(READY_TIMEOUT) as http:
                http.get(f"{self._url}/auth/v1/health", headers={"apikey": self._publishable_key}).raise_for_status()
        except httpx.HTTPError as error:
            raise AuthUnavailable from error

    def _http(self, timeout: httpx.Timeout) -> httpx.Client:
        return httpx.Client(timeout=timeout, verify=self._tls, follow_redirects=False)

    def _client(self, http: httpx.Client, headers: dict[str, str]) -> Client:
        options = SyncClientOptions(
            auto_refresh_token=False,
            persist_session=False,
            httpx_client=http,
            headers=headers,
            # The mailed link is opened wherever the mail is read; a PKCE verifier would stay behind in this process.
            flow_type="implicit",
        )
        return create_client(self._url, self._secret_key.get_secret_value(), options)
