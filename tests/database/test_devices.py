"""Where a person is signed in, the end of it at once, and companies that demand a second factor."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import Connection

from tests.database.actors import Actor, ask
from tests.database.concurrently import company_of, wait_until_blocked
from tests.database.conftest import Company, superuser_url

SESSION = "select tenant_id from public.my_session()"


def sign_in(database: Connection[Any], actor: Actor, aal: str = "aal1") -> Actor:
    """A log-in of the person on another device."""
    device = Actor(actor.role, actor.user_id, actor.tenant_id, aal=aal)
    database.execute(
        "insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip) "
        "values (%s, %s, now(), now(), %s, 'Browser', '192.0.2.7')",
        [device.session_id, device.user_id, aal],
    )
    return device


def test_people_see_their_own_devices_and_nobody_elses(database: Connection[Any], ours: Company) -> None:
    """This one first."""
    here = sign_in(database, ours.people["owner"])
    there = sign_in(database, ours.people["owner"])
    sign_in(database, ours.people["tech"])
    seen = ask(database, here, "select id, is_current, user_agent, ip from public.my_devices()").rows
    assert seen == ((here.session_id, True, "Browser", "192.0.2.7"), (there.session_id, False, "Browser", "192.0.2.7"))


def test_one_device_is_signed_out_at_once(database: Connection[Any], ours: Company) -> None:
    """Its access token opens nothing any more, and the live topics that it joined are over."""
    here, there = (sign_in(database, ours.people["owner"]) for _ in range(2))
    before = ask(database, here, "select topics from public.my_session()").rows
    assert ask(database, there, SESSION).rows == ((ours.id,),)
    end = "select public.end_sessions('one', %s)"
    assert ask(database, here, end, [there.session_id], keep=True).rows == ((1,),)
    assert ask(database, there, SESSION).rows == ()
    assert ask(database, there, "select * from public.my_companies()").rows == ()
    assert ask(database, here, SESSION).rows == ((ours.id,),)
    assert ask(database, here, "select topics from public.my_session()").rows != before


def test_all_others_or_all_are_signed_out(database: Connection[Any], ours: Company) -> None:
    """Others leaves this one; nobody else is touched."""
    here, there = (sign_in(database, ours.people["owner"]) for _ in range(2))
    colleague = sign_in(database, ours.people["tech"])
    assert ask(database, here, "select public.end_sessions('others')", keep=True).rows == ((1,),)
    assert [ask(database, device, SESSION).rows for device in (here, there)] == [((ours.id,),), ()]
    assert ask(database, here, "select public.end_sessions('all')", keep=True).rows == ((1,),)
    assert ask(database, here, SESSION).rows == ()
    assert ask(database, colleague, SESSION).rows == ((ours.id,),)


def test_another_persons_device_cannot_be_signed_out(database: Connection[Any], ours: Company) -> None:
    """Nothing ends."""
    victim = sign_in(database, ours.people["owner"])
    attacker = sign_in(database, ours.people["manager"])
    end = "select public.end_sessions('one', %s)"
    assert ask(database, attacker, end, [victim.session_id], keep=True).rows == ((0,),)
    assert ask(database, victim, SESSION).rows == ((ours.id,),)
    for scope, session in (("one", None), ("all", uuid.uuid4()), ("some", None)):
        answer = ask(database, attacker, "select public.end_sessions(%s, %s)", [scope, session])
        assert answer.detail == "bad_scope"


def test_an_owner_demands_a_second_factor_with_their_own(database: Connection[Any], ours: Company) -> None:
    """So that nobody locks themselves out; afterwards a sign-in without one sees nothing, and is told why."""
    demand = "select public.require_second_factor(true)"
    weak, strong = sign_in(database, ours.people["owner"]), sign_in(database, ours.people["owner"], "aal2")
    tech = ours.people["tech"]
    assert ask(database, weak, demand).detail == "second_factor_first"
    assert ask(database, ours.people["manager"], demand).detail == "not_allowed"
    assert ask(database, strong, demand, keep=True).state is None
    for device in (weak, tech):
        assert ask(database, device, SESSION).rows == ()
        assert ask(database, device, "select 1 from public.memberships").rows == ()
        companies = ask(
            database, device, "select tenant_id, needs_second_factor, is_current from public.my_companies()"
        )
        assert companies.rows == ((ours.id, True, False),)
    assert ask(database, strong, SESSION).rows == ((ours.id,),)


def test_a_demanding_company_is_not_left_for_another_one_silently(
    database: Connection[Any], ours: Company, theirs: Company
) -> None:
    """A person of two companies who misses the factor works in neither until they choose."""
    person = ours.people["dispatcher"]
    database.execute(
        "insert into public.memberships (tenant_id, user_id, role, display_name, created_at) "
        "values (%s, %s, 'tech', 'Guest', now() + interval '1 hour')",
        [theirs.id, person.user_id],
    )
    database.execute("update public.tenants set requires_second_factor = true where id = %s", [ours.id])
    assert ask(database, person, SESSION).rows == ()
    ask(database, person, "select public.choose_tenant(%s)", [theirs.id], keep=True)
    assert ask(database, person, SESSION).rows == ((theirs.id,),)


def test_a_password_alone_opens_nothing_of_somebody_with_a_factor(database: Connection[Any], ours: Company) -> None:
    """Also where the company demands none; an unverified factor is none yet."""
    person = ours.people["dispatcher"]
    add = (
        "insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at) "
        "values (gen_random_uuid(), %s, 'totp', %s, now(), now())"
    )
    database.execute(add, [person.user_id, "unverified"])
    assert ask(database, person, SESSION).rows == ((ours.id,),)
    database.execute(add, [person.user_id, "verified"])
    assert ask(database, person, SESSION).rows == ()
    companies = ask(database, person, "select tenant_id, needs_second_factor from public.my_companies()")
    assert companies.rows == ((ours.id, True),)
    assert ask(database, sign_in(database, person, "aal2"), SESSION).rows == ((ours.id,),)


def test_a_log_in_that_was_ended_can_do_nothing_any_more(database: Connection[Any], ours: Company) -> None:
    """Its token runs on for a while: it neither sees the person's other devices nor signs them out."""
    here, there = (sign_in(database, ours.people["owner"]) for _ in range(2))
    ask(database, here, "select public.end_sessions('one', %s)", [there.session_id], keep=True)
    for call in (
        "select * from public.my_devices()",
        "select public.end_sessions('all')",
        f"select public.choose_tenant('{ours.id}')",
        "select public.create_tenant(gen_random_uuid(), 'X', 'X', 'UTC')",
        "select public.accept_invitation('x')",
    ):
        assert ask(database, there, call).state == "PT401", call


def test_signing_out_waits_for_a_change_of_the_team_and_does_not_lock_it_out(clone_url: str) -> None:
    """Both end the access epoch; whoever has the company first goes first."""
    look, company = company_of(clone_url)
    with look, psycopg.connect(superuser_url(clone_url)) as changing:
        device = sign_in(look, company.people["tech"])
        changing.execute("select from public.tenants where id = %s for no key update", [company.id])
        with ThreadPoolExecutor(1) as pool, psycopg.connect(superuser_url(clone_url), autocommit=True) as other:
            signing_out = pool.submit(lambda: ask(other, device, "select public.end_sessions('all')", keep=True))
            wait_until_blocked(look, signing_out)
            changing.execute("select private.end_epoch(%s, 'tenants', %s)", [company.id, company.id])
            changing.commit()
            assert signing_out.result(10).rows == ((1,),)
