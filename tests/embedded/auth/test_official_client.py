"""The official Python client against the stack, with its own defaults (PKCE) and its own exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from supabase.lib.client_options import SyncClientOptions
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError

from supabase import Client, create_client
from tests.embedded.auth.support import PASSWORD, Api, mails_to, new_email
from tests.embedded.stacks import StackInfo


@contextmanager
def client_of(info: StackInfo, key: str) -> Iterator[Client]:
    """Open a client; only its connections and its timer are not the defaults, so that nothing is left behind."""
    with httpx.Client() as connections:
        yield create_client(info.api_url, key, SyncClientOptions(httpx_client=connections, auto_refresh_token=False))


@pytest.fixture
def client(auth_stack: StackInfo) -> Iterator[Client]:
    """A client with the publishable key."""
    with client_of(auth_stack, auth_stack.keys.publishable) as opened:
        yield opened


@pytest.fixture
def other_client(auth_stack: StackInfo) -> Iterator[Client]:
    """The same person's client on another device."""
    with client_of(auth_stack, auth_stack.keys.publishable) as opened:
        yield opened


@pytest.fixture
def admin(auth_stack: StackInfo) -> Iterator[Client]:
    """A client with the secret key."""
    with client_of(auth_stack, auth_stack.keys.secret) as opened:
        yield opened


def test_signing_up_confirming_and_signing_out(client: Client, api: Api) -> None:
    email = new_email()
    signed_up = client.auth.sign_up({"email": email, "password": PASSWORD, "options": {"data": {"name": "Ann"}}})
    assert signed_up.session is None
    with pytest.raises(AuthApiError) as refusal:
        client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert refusal.value.code == "email_not_confirmed"
    token_hash = mails_to(api.info, email)[0].token_hash
    verified = client.auth.verify_otp({"token_hash": token_hash, "type": "email"})
    assert verified.user is not None
    assert verified.user.user_metadata["name"] == "Ann"
    before = client.auth.get_session()
    after = client.auth.refresh_session()
    assert before is not None
    assert after.session is not None
    assert before.refresh_token != after.session.refresh_token
    assert client.auth.update_user({"data": {"size": 1}}).user.user_metadata["size"] == 1
    client.auth.sign_out()
    assert client.auth.get_session() is None
    with pytest.raises(AuthApiError) as gone:
        client.auth.get_user(after.session.access_token)
    assert gone.value.code == "session_not_found"


@pytest.mark.parametrize(("scope", "others_live"), [("local", True), ("global", False), ("others", False)])
def test_sign_out_scopes(client: Client, other_client: Client, api: Api, scope: Any, others_live: bool) -> None:
    credentials: Any = {"email": api.user()["email"], "password": PASSWORD}
    mine = client.auth.sign_in_with_password(credentials).session
    theirs = other_client.auth.sign_in_with_password(credentials).session
    assert mine is not None
    assert theirs is not None
    client.auth.sign_out({"scope": scope})
    assert (api.refresh(theirs.refresh_token).status_code == 200) is others_live
    assert (api.refresh(mine.refresh_token).status_code == 200) is (scope == "others")


def test_a_link_in_a_mail_gives_a_code_that_the_client_exchanges(client: Client, api: Api) -> None:
    email = new_email()
    client.auth.sign_up({"email": email, "password": PASSWORD})
    location = httpx.get(mails_to(api.info, email)[0].link).headers["location"]
    code = httpx.URL(location).params["code"]
    exchange: Any = {"auth_code": code}
    user = client.auth.exchange_code_for_session(exchange).user
    assert user is not None
    assert user.email == email


def test_recovery(client: Client, api: Api) -> None:
    user = api.user()
    client.auth.reset_password_for_email(user["email"])
    token_hash = mails_to(api.info, user["email"])[0].token_hash
    client.auth.verify_otp({"token_hash": token_hash, "type": "recovery"})
    client.auth.update_user({"password": "a new password"})
    assert api.sign_in(user["email"], "a new password")


def test_one_time_passwords(client: Client, api: Api) -> None:
    user = api.user()
    client.auth.sign_in_with_otp({"email": user["email"]})
    code = mails_to(api.info, user["email"])[0].code
    session = client.auth.verify_otp({"email": user["email"], "token": code, "type": "email"}).session
    assert session is not None
    assert session.user.id == user["id"]


def test_errors_arrive_as_the_clients_exceptions(client: Client) -> None:
    with pytest.raises(AuthWeakPasswordError) as weak:
        client.auth.sign_up({"email": new_email(), "password": "x"})
    assert weak.value.reasons == ["length"]
    with pytest.raises(AuthApiError) as wrong:
        client.auth.sign_in_with_password({"email": new_email(), "password": PASSWORD})
    assert (wrong.value.code, wrong.value.status) == ("invalid_credentials", 400)
    with pytest.raises(AuthApiError) as anonymous:
        client.auth.sign_in_anonymously()
    assert anonymous.value.code == "anonymous_provider_disabled"


def test_the_admin_api(client: Client, admin: Client, api: Api) -> None:
    email = new_email()
    created = admin.auth.admin.create_user({"email": email, "password": PASSWORD, "email_confirm": True}).user
    assert admin.auth.admin.get_user_by_id(created.id).user.email == email
    assert created.id in {user.id for user in admin.auth.admin.list_users(page=1, per_page=5)}
    updated = admin.auth.admin.update_user_by_id(created.id, {"app_metadata": {"plan": "pro"}}).user
    assert updated.app_metadata["plan"] == "pro"
    link = admin.auth.admin.generate_link({"type": "magiclink", "email": email})
    token_hash = link.properties.hashed_token
    assert client.auth.verify_otp({"token_hash": token_hash, "type": "magiclink"}).user is not None
    invited = admin.auth.admin.invite_user_by_email(new_email()).user
    assert invited.invited_at is not None
    session = client.auth.get_session()
    assert session is not None
    admin.auth.admin.sign_out(session.access_token)
    assert api.refresh(session.refresh_token).status_code == 400
    admin.auth.admin.delete_user(created.id)
    with pytest.raises(AuthApiError) as gone:
        admin.auth.admin.get_user_by_id(created.id)
    assert gone.value.code == "user_not_found"
    with pytest.raises(AuthApiError) as not_admin:
        client.auth.admin.list_users()
    assert not_admin.value.code == "not_admin"
