"""The official Python client against the stack, with its own defaults (PKCE) and its own exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import time
from typing import Any

import httpx
import pytest
from supabase.lib.client_options import SyncClientOptions
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError
from supabase_local.auth.factors import totp

from supabase import Client, create_client
from tests.embedded.auth.browsing import APP, consent
from tests.embedded.auth.support import PASSWORD, Api, mails_to, new_email
from tests.embedded.stacks import PLAIN, StackInfo


@contextmanager
def client_of(info: StackInfo, key: str) -> Iterator[Client]:
    """Open a client; only its connections and its timer are not the defaults, so that nothing is left behind."""
    with httpx.Client(verify=PLAIN) as connections:
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
    location = httpx.get(mails_to(api.info, email)[0].link, verify=PLAIN).headers["location"]
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


def test_second_factors(client: Client, other_client: Client, admin: Client, api: Api) -> None:
    credentials: Any = {"email": api.user()["email"], "password": PASSWORD}
    client.auth.sign_in_with_password(credentials)
    other_client.auth.sign_in_with_password(credentials)
    factor = client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "phone", "issuer": "FieldLite"})
    assert factor.totp is not None
    assert factor.totp.qr_code.startswith("data:image/svg+xml;utf-8,<svg")
    challenge = client.auth.mfa.challenge({"factor_id": factor.id})
    code = totp.code_at(factor.totp.secret, time())
    answer: Any = {"factor_id": factor.id, "challenge_id": challenge.id, "code": code}
    assert client.auth.mfa.verify(answer).user.email == credentials["email"]
    level = client.auth.mfa.get_authenticator_assurance_level()
    assert (level.current_level, level.next_level) == ("aal2", "aal2")
    assert {entry.method for entry in level.current_authentication_methods} == {"password", "totp"}
    assert [one.id for one in client.auth.mfa.list_factors().totp] == [factor.id]
    user = client.auth.get_user()
    assert user is not None
    assert [one.status for one in admin.auth.admin.mfa.list_factors({"user_id": user.user.id})] == ["verified"]
    with pytest.raises(AuthApiError) as ended:
        other_client.auth.get_user()
    assert ended.value.code == "session_not_found"
    other_client.auth.sign_in_with_password(credentials)
    lower = other_client.auth.mfa.get_authenticator_assurance_level()
    assert (lower.current_level, lower.next_level) == ("aal1", "aal2")
    with pytest.raises(AuthApiError) as insufficient:
        other_client.auth.mfa.unenroll({"factor_id": factor.id})
    assert insufficient.value.code == "insufficient_aal"
    assert client.auth.mfa.unenroll({"factor_id": factor.id}).id == factor.id
    client.auth.refresh_session()
    assert client.auth.mfa.get_authenticator_assurance_level().current_level == "aal1"


def test_admins_remove_a_lost_factor(client: Client, admin: Client, api: Api) -> None:
    credentials: Any = {"email": api.user()["email"], "password": PASSWORD}
    user = client.auth.sign_in_with_password(credentials).user
    assert user is not None
    factor = client.auth.mfa.enroll({"factor_type": "totp", "friendly_name": "lost"})
    assert admin.auth.admin.mfa.delete_factor({"user_id": user.id, "id": factor.id}).id == factor.id
    assert client.auth.mfa.list_factors().all == []


def test_sign_in_with_a_provider(client: Client, api: Api) -> None:
    options: Any = {"provider": "google", "options": {"redirect_to": APP}}
    page = httpx.get(client.auth.sign_in_with_oauth(options).url, verify=PLAIN).headers["location"]
    email = new_email()
    exchange: Any = {"auth_code": consent(page, email, name="Ann").query["code"]}
    answer = client.auth.exchange_code_for_session(exchange)
    assert answer.user is not None
    assert (answer.user.email, answer.user.user_metadata["full_name"]) == (email, "Ann")
    assert answer.session is not None
    assert answer.session.provider_token


def test_linking_and_unlinking_an_identity(client: Client, api: Api) -> None:
    credentials: Any = {"email": api.user()["email"], "password": PASSWORD}
    client.auth.sign_in_with_password(credentials)
    options: Any = {"provider": "github", "options": {"redirect_to": APP}}
    exchange: Any = {"auth_code": consent(client.auth.link_identity(options).url, new_email()).query["code"]}
    client.auth.exchange_code_for_session(exchange)
    identities = client.auth.get_user_identities().identities
    assert [identity.provider for identity in identities] == ["email", "github"]
    client.auth.unlink_identity(identities[1])
    assert [identity.provider for identity in client.auth.get_user_identities().identities] == ["email"]


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
