"""Invitations, names, ownership: the team changes by calls that keep one owner in every company."""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from tests.database.actors import Actor, Answer, ask, be
from tests.database.companies import count
from tests.database.concurrently import company_of, together, wait_until_blocked
from tests.database.conftest import Company, superuser_url

TOKEN = "a-secret-of-43-characters-in-the-mails-link"
INVITE = "select backend.create_invitation(%s, %s, %s, %s, %s::public.member_role, 'Pat Doe', %s)"


def hashed(token: str) -> bytes:
    """What the database keeps of a secret."""
    return hashlib.sha256(token.encode()).digest()


def person(database: Connection[Any], email: str) -> Actor:
    """Somebody with a confirmed address and no company."""
    user_id = uuid.uuid4()
    database.execute("insert into auth.users (id, email, email_confirmed_at) values (%s, %s, now())", [user_id, email])
    return Actor("newcomer", user_id)


def invite(
    database: Connection[Any],
    company: Company,
    email: str = "pat@example.test",
    *,
    role: str = "tech",
    by: str = "manager",
    token: str = TOKEN,
    invitation: uuid.UUID | None = None,
) -> uuid.UUID:
    """Make an invitation as the service does; return its id. Raises psycopg.Error when it is refused."""
    invitation = invitation or uuid.uuid4()
    with database.transaction():
        inviter = company.people[by].user_id
        database.execute(INVITE, [company.id, inviter, invitation, email, role, hashed(token)])
    return invitation


def accept(database: Connection[Any], actor: Actor, token: str = TOKEN) -> Answer:
    """Accept an invitation."""
    return ask(database, actor, "select public.accept_invitation(%s)", [token], keep=True)


def refusal_of(database: Connection[Any], company: Company, **wish: Any) -> str | None:
    """Return the stable code with which an invitation is refused."""
    with pytest.raises(psycopg.Error) as caught:
        invite(database, company, **wish)
    return caught.value.diag.message_detail


def test_an_invited_person_joins_with_the_role(database: Connection[Any], ours: Company) -> None:
    """Once; the same person again changes nothing, and the session works in that company."""
    pat = person(database, "Pat@Example.test")
    invite(database, ours, "pat@EXAMPLE.test")
    for _ in range(2):
        assert accept(database, pat).rows == ((ours.id,),)
    session = ask(database, pat, "select tenant_id, role, display_name from public.my_session()")
    assert session.rows == ((ours.id, "tech", "Pat Doe"),)
    assert count(database, "memberships", ours) == len(ours.people) + 1


def test_an_invitation_is_for_one_address(database: Connection[Any], ours: Company) -> None:
    """Whoever else holds the link is told so, and it stays open."""
    invite(database, ours)
    assert accept(database, person(database, "eve@example.test")).detail == "wrong_email"
    unconfirmed = person(database, "pat@example.test")
    database.execute("update auth.users set email_confirmed_at = null where id = %s", [unconfirmed.user_id])
    assert accept(database, unconfirmed).detail == "wrong_email"
    assert accept(database, ours.people["tech"], "another secret").detail == "no_such_invitation"


def test_an_invitation_ends(database: Connection[Any], ours: Company) -> None:
    """By time, by being taken back, by being used by somebody else; a new secret ends the old one."""
    pat = person(database, "pat@example.test")
    invitation = invite(database, ours)
    database.execute("update public.invitations set expires_at = now() where id = %s", [invitation])
    assert accept(database, pat).detail == "invitation_expired"
    again = invite(database, ours, token="second")
    assert again != invitation
    invite(database, ours, token="third", invitation=again)
    assert accept(database, pat, "second").detail == "no_such_invitation"
    owner = ours.people["owner"]
    assert ask(database, owner, "select public.revoke_invitation(%s)", [again], keep=True).state is None
    assert accept(database, pat, "third").detail == "invitation_revoked"


def test_an_invitation_ends_with_the_rank_of_its_author(database: Connection[Any], ours: Company) -> None:
    """Who may invite nobody any more has nobody coming."""
    invite(database, ours)
    demote = "update public.memberships set role = 'dispatcher' where user_id = %s"
    database.execute(demote, [ours.people["manager"].user_id])
    assert accept(database, person(database, "pat@example.test")).detail == "invitation_revoked"


def test_who_may_invite_whom(database: Connection[Any], ours: Company) -> None:
    """Owners and managers; owners are made by owners; members and open invitations are not invited again."""
    assert refusal_of(database, ours, by="dispatcher") == "not_allowed"
    assert refusal_of(database, ours, role="owner") == "not_allowed"
    invite(database, ours, role="owner", by="owner")
    assert refusal_of(database, ours) == "already_invited"
    member = ours.people["tech"].user_id
    assert refusal_of(database, ours, email=f"{member}@example.test") == "already_member"
    assert refusal_of(database, ours, email="nobody") == "bad_email"


def test_the_holder_of_the_secret_sees_what_it_is_for(database: Connection[Any], ours: Company) -> None:
    """Before signing in; another secret shows nothing."""
    invite(database, ours)
    preview = "select backend.preview_invitation(%s)"
    row = database.execute(preview, [hashed(TOKEN)]).fetchone()
    assert row == (
        {"company": "Ours", "role": "tech", "email": "pat@example.test", "display_name": "Pat Doe", "state": "open"},
    )
    assert database.execute(preview, [hashed("other")]).fetchone() == (None,)


def test_a_deactivated_member_comes_back_by_invitation(database: Connection[Any], ours: Company) -> None:
    """With the invitation's role; an active one keeps theirs."""
    tech = ours.people["tech"]
    database.execute(
        "update auth.users set email = 'pat@example.test', email_confirmed_at = now() where id = %s", [tech.user_id]
    )
    database.execute("update public.memberships set deactivated_at = now() where user_id = %s", [tech.user_id])
    invite(database, ours, role="estimator")
    assert accept(database, tech).state is None
    assert ask(database, tech, "select role from public.my_session()").rows == (("estimator",),)


def test_ownership_is_handed_over_in_one_step(database: Connection[Any], ours: Company) -> None:
    """The heir becomes owner, the giver manager; only an owner, only to somebody active."""
    owner, heir = ours.people["owner"], ours.people["dispatcher"]
    give = "select public.hand_over_ownership(%s)"
    assert ask(database, ours.people["manager"], give, [heir.user_id]).detail == "not_allowed"
    assert ask(database, owner, give, [owner.user_id]).detail == "no_such_member"
    assert ask(database, owner, give, [heir.user_id], keep=True).state is None
    roles = "select role from public.my_session()"
    assert ask(database, owner, roles).rows == (("manager",),)
    assert ask(database, heir, roles).rows == (("owner",),)


def test_the_last_owner_cannot_leave_and_others_can(database: Connection[Any], ours: Company) -> None:
    """Leaving ends the access at once."""
    leave = "select public.leave_tenant()"
    assert ask(database, ours.people["owner"], leave).detail == "last_owner"
    tech = ours.people["tech"]
    assert ask(database, tech, leave, keep=True).state is None
    assert ask(database, tech, "select * from public.my_session()").rows == ()
    assert ask(database, tech, "select deactivated from public.my_companies()").rows == ((True,),)


def test_names_are_changed_by_their_bearer_or_the_managers(database: Connection[Any], ours: Company) -> None:
    """An owner's name only by owners."""
    rename = "select public.rename_member(%s, 'New Name')"
    tech, manager, owner = ours.people["tech"], ours.people["manager"], ours.people["owner"]
    assert ask(database, tech, rename, [tech.user_id]).state is None
    assert ask(database, manager, rename, [tech.user_id]).state is None
    assert ask(database, tech, rename, [manager.user_id]).detail == "not_allowed"
    assert ask(database, manager, rename, [owner.user_id]).detail == "not_allowed"


def test_addresses_of_the_team_are_for_those_who_manage_it(database: Connection[Any], ours: Company) -> None:
    """Everybody sees names and roles."""
    seen = "select count(*), count(email) from public.member_list"
    assert ask(database, ours.people["manager"], seen).rows == ((6, 6),)
    assert ask(database, ours.people["tech"], seen).rows == ((6, 0),)


PROFILE = "select public.change_company((select version from public.tenants), %s::jsonb)"


def test_the_companys_profile_changes_as_a_whole_or_not_at_all(database: Connection[Any], ours: Company) -> None:
    """Keys that are absent keep their value; an older version is refused."""
    owner = ours.people["owner"]
    hours = '{"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}'
    good = f'{{"name": "Ridge", "phone": "+13035550100", "business_hours": {hours}}}'
    assert ask(database, owner, PROFILE, [good], keep=True).state is None
    seen = ask(database, owner, "select name, phone, timezone, business_hours ->> 'mon' from public.tenants").rows[0]
    assert seen == ("Ridge", "+13035550100", "America/New_York", '[["08:00", "12:00"], ["13:00", "17:00"]]')
    assert ask(database, owner, "select public.change_company(0, '{}')").detail == "stale"
    assert ask(database, ours.people["dispatcher"], PROFILE, [good]).detail == "not_allowed"


@pytest.mark.parametrize(
    ("profile", "detail"),
    [
        ('{"name": " "}', "bad_name"),
        ('{"timezone": "Mars/Olympus"}', "bad_timezone"),
        ('{"phone": "0303"}', "bad_phone"),
        ('{"email": "nobody"}', "bad_email"),
        ('{"website": "javascript:alert(1)"}', "bad_website"),
        ('{"business_hours": {"mon": [["17:00", "08:00"]]}}', "bad_business_hours"),
        ('{"business_hours": {"mon": [["08:00", "12:00"], ["11:00", "17:00"]]}}', "bad_business_hours"),
        ('{"business_hours": []}', "bad_business_hours"),
        ('{"address": {"planet": "Mars"}}', "bad_address"),
        ('{"locale": "english"}', "bad_profile"),
    ],
)
def test_a_bad_profile_is_refused_in_words(database: Connection[Any], ours: Company, profile: str, detail: str) -> None:
    """With what to do."""
    answer = ask(database, ours.people["owner"], PROFILE, [profile])
    assert (answer.state, answer.detail) == ("PT422", detail)
    assert answer.message


def test_an_invitation_accepted_twice_at_once_makes_one_member(clone_url: str) -> None:
    """Two tabs of one person: both get the company, one membership."""
    look, company = company_of(clone_url)
    with look:
        pat = person(look, "pat@example.test")
        invite(look, company)
        answers = together(clone_url, [lambda c: accept(c, pat)] * 4)
        assert [answer.rows for answer in answers] == [((company.id,),)] * 4
        assert count(look, "memberships", company) == len(company.people) + 1


def test_a_request_during_a_change_of_role_ends_before_or_after_it(clone_url: str) -> None:
    """Never half: what a person wrote was allowed by the role that they had, and nobody waits for ever."""
    look, company = company_of(clone_url)
    owner, member = company.people["owner"], company.people["dispatcher"]
    with look:
        works = [
            lambda c: ask(c, owner, "select public.change_member_role(%s, 'tech')", [member.user_id], keep=True).state,
            *[lambda c: ask(c, member, "insert into public.contacts (name) values ('x')", keep=True).state] * 3,
        ]
        answers = together(clone_url, works)
        assert answers[0] is None
        assert set(answers[1:]) <= {None, "42501"}
        assert count(look, "contacts", company) == answers[1:].count(None)
        assert ask(look, member, "insert into public.contacts (name) values ('x')").state == "42501"


def test_a_form_of_the_company_is_not_stale_because_the_team_changed(database: Connection[Any], ours: Company) -> None:
    """The access epoch is in the same row, but nobody edits it."""
    version = "select version from public.tenants where id = %s"
    before = database.execute(version, [ours.id]).fetchone()
    change = "select public.change_member_role(%s, 'estimator')"
    assert ask(database, ours.people["owner"], change, [ours.people["tech"].user_id], keep=True).state is None
    assert database.execute(version, [ours.id]).fetchone() == before


def test_whoever_was_made_owner_while_leaving_stays(clone_url: str) -> None:
    """The leaving waits for the handing over, and asks anew who leaves: a company never ends up without an owner."""
    look, company = company_of(clone_url)
    owner, manager = company.people["owner"], company.people["manager"]
    with look, psycopg.connect(superuser_url(clone_url)) as handing, psycopg.connect(superuser_url(clone_url)) as other:
        be(handing, owner)
        handing.execute("select public.hand_over_ownership(%s)", [manager.user_id])
        with ThreadPoolExecutor(1) as pool:
            leaving = pool.submit(lambda: ask(other, manager, "select public.leave_tenant()", keep=True))
            wait_until_blocked(look, leaving)
            handing.commit()
            assert leaving.result(10).detail == "last_owner"


def test_ownership_is_handed_over_once(clone_url: str) -> None:
    """The second of two calls at once is no owner's any more."""
    look, company = company_of(clone_url)
    owner, manager, dispatcher = (company.people[role] for role in ("owner", "manager", "dispatcher"))
    hand_over = "select public.hand_over_ownership(%s)"
    with look:
        answers = together(
            clone_url,
            [
                lambda connection: ask(connection, owner, hand_over, [manager.user_id], keep=True),
                lambda connection: ask(connection, owner, hand_over, [dispatcher.user_id], keep=True),
            ],
        )
        assert sorted(str(answer.detail) for answer in answers) == ["None", "not_allowed"]
        owners = "select count(*) from public.memberships where role = 'owner' and tenant_id = %s"
        assert look.execute(owners, [company.id]).fetchone() == (1,)
