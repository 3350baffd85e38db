"""What administrators of the database can watch, statements under way and just done, never shows a secret."""

from __future__ import annotations

import psycopg

from tests.support.companies import SECOND_ACCOUNT, new_company
from tests.support.stack import RunningStack
from tests.support.texts import inbound_text, post_signed


def statements(stack: RunningStack) -> list[str]:
    """The last statement of every connection of the service: an idle one still shows it."""
    address = stack.database_url.replace("//postgres:", "//supabase_admin:", 1)
    with psycopg.connect(address) as connection:
        rows = connection.execute("select query from pg_stat_activity where usename like 'fieldlite%%'").fetchall()
    return [query for (query,) in rows]


def test_statements_carry_no_credentials_and_no_keys(stack: RunningStack) -> None:
    """They travel as parameters; the statements themselves are there to be seen, so this is not vacuous."""
    company = new_company(stack, account=SECOND_ACCOUNT)
    saved = statements(stack)
    form = inbound_text(SECOND_ACCOUNT, "+13035550142", "Hello")
    assert post_signed(stack, company.tenant_id, "sms", form, SECOND_ACCOUNT.token).is_success
    seen = [*saved, *statements(stack)]
    assert any("save_twilio_settings" in query or "twilio_auth_tokens" in query for query in seen)
    _, key = stack.settings_env["FIELDLITE_VAULT_KEYS"].split(",")[0].split(":", 1)
    for secret in (SECOND_ACCOUNT.token, SECOND_ACCOUNT.sid, key, "Hello"):
        assert not [query for query in seen if secret in query], secret
