"""The one place that holds the project's secret key, with two handles: Auth and Storage.

Everything else that the service asks of Supabase on behalf of a signed-in person goes with that person's own token
(`as_person`), so row level security stays on.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

import httpx
from postgrest import SyncPostgrestClient
from storage3 import SyncStorageClient
from storage3.utils import StorageException
from supabase.lib.client_options import SyncClientOptions
from supabase_auth import SyncGoTrueClient
from supabase_auth.errors import AuthError

from service.errors import AuthUnavailable, StorageUnavailable
from service.settings import Settings, SettingsError
from service.visitors import Visitor
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
    def auth(self, visitor: Visitor) -> Iterator[SyncGoTrueClient]:
        """A client of Supabase Auth for one call on behalf of a visitor.

        Auth limits attempts by their address only when told with the secret key; otherwise all of our visitors would
        share the service's own address and so one limit. It keeps the User-Agent with the session that begins; not the
        browser's own, since Supabase refuses the secret key to whatever calls itself a browser.
        """
        headers = {"User-Agent": f"FieldLite ({visitor.device})" if visitor.device else "FieldLite"}
        if visitor.address:
            headers["Sb-Forwarded-For"] = visitor.address
        with self._http(TIMEOUT) as http:
            yield self._client(http, headers).auth

    @contextmanager
    def auth_of_person(self, visitor: Visitor, access_token: str) -> Iterator[SyncGoTrueClient]:
        """As `auth`, signed in with the person's access token, which Auth checks first.

        Raises AuthError of the SDK for a token that is not good any more.
        """
        with self.auth(visitor) as auth:
            auth.set_session(access_token, "")
            yield auth

    def delete_account(self, user_id: UUID) -> None:
        """Delete a person's log-in with its sessions; one that is gone already is no fault. Raises AuthUnavailable."""
        try:
            with self.auth(Visitor(None, "")) as auth:
                auth.admin.delete_user(str(user_id))
        except AuthError as error:
            if error.code != "user_not_found":
                raise AuthUnavailable from error

    @contextmanager
    def storage(self) -> Iterator[SyncStorageClient]:
        """A client of Supabase Storage with the rights of the project."""
        with self._http(TIMEOUT) as http:
            yield self._client(http, {}).storage

    def remove_files(self, bucket: str, paths: Sequence[str]) -> None:
        """Remove files of a bucket; those that are gone already are no fault. Raises StorageUnavailable."""
        try:
            with self.storage() as storage:
                storage.from_(bucket).remove(list(paths))
        except (StorageException, httpx.HTTPError) as error:
            raise StorageUnavailable from error

    @contextmanager
    def stored_file(self, bucket: str, path: str) -> Iterator[Iterator[bytes] | None]:
        """A file's content, chunk by chunk; None when there is no such file. Raises StorageUnavailable."""
        key = self._secret_key.get_secret_value()
        url = f"{self._url}/storage/v1/object/{quote(bucket)}/{quote(path)}"
        try:
            with (
                self._http(TIMEOUT) as http,
                http.stream("GET", url, headers={"apikey": key, "Authorization": f"Bearer {key}"}) as answer,
            ):
                if answer.status_code in {httpx.codes.BAD_REQUEST, httpx.codes.NOT_FOUND}:  # Storage says 400 for both
                    yield None
                else:
                    yield answer.raise_for_status().iter_bytes()
        except httpx.HTTPError as error:
            raise StorageUnavailable from error

    @contextmanager
    def as_person(self, access_token: str) -> Iterator[SyncPostgrestClient]:
        """A client of the Data API that is the person whose token this is, and can do what they can do."""
        headers = {"apikey": self._publishable_key, "Authorization": f"Bearer {access_token}"}
        with self._http(TIMEOUT) as http:
            yield SyncPostgrestClient(f"{self._url}/rest/v1", headers=headers, http_client=http, retry_enabled=False)

    def auth_settings(self) -> dict[str, Any]:
        """What Supabase Auth tells everybody about itself. Raises AuthUnavailable."""
        try:
            with self._http(TIMEOUT) as http:
                answer = http.get(f"{self._url}/auth/v1/settings", headers={"apikey": self._publishable_key})
                return cast(dict[str, Any], answer.raise_for_status().json())
        except (httpx.HTTPError, ValueError) as error:
            raise AuthUnavailable from error

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
