"""One call is one statement with parameters: safe behind a pooler, and nothing secret is in its text."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from structlog.contextvars import bound_contextvars

from service.database import Database
from service.errors import DatabaseRefusal
from service.keyring import Keyring
from tests.support.companies import Company, new_company
from tests.support.people import new_person
from tests.support.stack import RunningStack

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def portal(stack: RunningStack) -> Iterator[tuple[Database, str]]:
    """The portal's door with one connection, and the name that this has in pg_stat_activity."""
    name = f"test-{secrets.token_hex(4)}"
    opened = Database(stack.settings_env["FIELDLITE_DATABASE_URL_PORTAL"], name, max_size=1)
    yield opened, f"fieldlite-{name}"
    opened.close()


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    return new_company(stack, "Called Company")


def who(company: Company) -> dict[str, object]:
    return {"p_tenant": company.tenant_id, "p_user": company.owner.user_id}


def test_no_secret_is_in_what_the_server_shows_of_a_call(
    stack: RunningStack, portal: tuple[Database, str], company: Company, database: Connection
) -> None:
    opened, name = portal
    key_id, key = Keyring.parse(stack.settings_env["FIELDLITE_VAULT_KEYS"]).current
    sid, token = f"AC{secrets.token_hex(16)}", secrets.token_hex(16)
    opened.call_value(
        "save_twilio_settings",
        **who(company), p_account_sid=sid, p_auth_token=token, p_next_auth_token=None, p_key_id=key_id, p_key=key,
    )  # fmt: skip
    shown = database.execute(
        "select query, state from pg_stat_activity where application_name = %s", (name,)
    ).fetchall()
    assert len(shown) == 1
    assert "save_twilio_settings" in str(shown[0][0])
    assert shown[0][1] == "idle"
    for secret in (sid, token, key):
        assert secret not in str(shown)


def test_a_call_leaves_nothing_in_the_session(portal: tuple[Database, str], company: Company) -> None:
    opened, _ = portal
    for number in range(20):
        with bound_contextvars(**({"request_id": "traced"} if number % 2 else {})):
            opened.call("twilio_settings_summary", **who(company))
    with opened._connection() as connection:  # noqa: SLF001 - what is left behind shows only from the inside
        assert connection.execute("select * from pg_prepared_statements").fetchall() == []
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_the_request_under_way_is_named_to_the_database_and_forgotten_after(
    portal: tuple[Database, str], company: Company, database: Connection
) -> None:
    opened, invitation = portal[0], uuid.uuid4()
    with bound_contextvars(request_id="request-of-this-test"):
        opened.call_value(
            "create_invitation",
            **who(company), p_id=invitation, p_email="traced@people.example", p_role="tech",
            p_display_name="Traced", p_token_hash=secrets.token_bytes(32),
        )  # fmt: skip
    told = database.execute("select request_id from audit_log where row_id = %s", (invitation,)).fetchall()
    assert told == [("request-of-this-test",)]
    with opened._connection() as connection:  # noqa: SLF001 - what is left behind shows only from the inside
        left = connection.execute("select current_setting('fieldlite.request_id', true) as id").fetchall()
    assert left[0]["id"] in {None, ""}


def test_a_refusal_arrives_with_its_status_code_and_words(
    stack: RunningStack, portal: tuple[Database, str], company: Company
) -> None:
    stranger = new_person(stack)
    with pytest.raises(DatabaseRefusal) as refused:
        portal[0].call("twilio_settings_summary", p_tenant=company.tenant_id, p_user=stranger.user_id)
    assert (refused.value.status, refused.value.code) == (403, "not_allowed")
    assert refused.value.detail.endswith(".")
    assert portal[0].call_value("twilio_settings_summary", **who(company)) is not None  # the connection goes on


def test_a_key_that_does_not_fit_is_a_fault_of_ours_and_not_an_unknown_company(
    stack: RunningStack, portal: tuple[Database, str], company: Company
) -> None:
    keys = Keyring.parse(stack.settings_env["FIELDLITE_VAULT_KEYS"])
    wrong = "A" * 43 + "="
    portal[0].call_value(
        "save_twilio_settings",
        **who(company), p_account_sid=f"AC{secrets.token_hex(16)}", p_auth_token=secrets.token_hex(16),
        p_next_auth_token=None, p_key_id=keys.current[0], p_key=keys.current[1],
    )  # fmt: skip
    for keyring, code in (({keys.current[0]: wrong}, "vault_key_wrong"), ({"another": wrong}, "vault_key_missing")):
        with pytest.raises(DatabaseRefusal) as refused:
            portal[0].call("twilio_credentials", **who(company), p_keyring=keyring)
        assert (refused.value.status, refused.value.code) == (500, code)


def test_a_login_can_call_its_own_functions_and_read_no_table(
    stack: RunningStack, portal: tuple[Database, str], company: Company
) -> None:
    opened, _ = portal
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        opened.call("twilio_auth_tokens", p_tenant=company.tenant_id, p_keyring={})
    for table in ("public.twilio_settings", "public.sms_messages", "auth.users"):
        with (
            psycopg.connect(stack.settings_env["FIELDLITE_DATABASE_URL_PORTAL"]) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"select from {table}".encode())
