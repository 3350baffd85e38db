"""Invitations through the service: the link is mailed, shown to its holder, and lost by no failure of the mail."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest

from service.database import Database
from service.invitations import Desk, Wish
from service.mail.post import Post
from service.mail.relay import parse_relay, parse_sender
from service.members import Member
from tests.service.browsers import mails
from tests.service.settings_values import make_settings
from tests.service.test_sessions import code, new_email
from tests.support.companies import Company, new_company, rest
from tests.support.members import new_member
from tests.support.people import Person, new_person
from tests.support.stack import RunningStack

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def company(stack: RunningStack) -> Company:
    return new_company(stack, "Inviting <Plumbing> & Sons")


@pytest.fixture
def portal(stack: RunningStack) -> Iterator[Database]:
    opened = Database(stack.settings_env["FIELDLITE_DATABASE_URL_PORTAL"], "test-invitations", max_size=1)
    yield opened
    opened.close()


def ask(stack: RunningStack, path: str, body: dict[str, Any], person: Person | None = None) -> httpx.Response:
    """Call one of the routes, as somebody or as nobody."""
    headers = person.headers if person else {}
    return httpx.post(f"{stack.service_url}/api/v1/invitations{path}", json=body, headers=headers, timeout=20)


def wish(email: str | None = None, **changes: str) -> dict[str, Any]:
    """What the team page sends."""
    given = {"id": str(uuid.uuid4()), "email": email or new_email(), "role": "dispatcher", "display_name": "Dana"}
    return {**given, **changes}


def token_of(link: str) -> str:
    """The secret of a link."""
    return link.partition("#")[2]


def test_an_invitation_is_mailed_previewed_and_accepted(stack: RunningStack, company: Company) -> None:
    newcomer = new_person(stack)
    sent = ask(stack, "", wish(newcomer.email), company.owner)
    assert sent.status_code == 201
    invitation = sent.json()
    assert set(invitation) == {"id", "url", "mailed", "expires_at"}
    assert invitation["mailed"] is True
    assert re.fullmatch(rf"{stack.web_url}/invite#[\w-]{{43}}", invitation["url"])
    (mail,) = mails(stack, newcomer.email)
    assert f'href="{invitation["url"]}"' in mail
    preview = {"company": company.name, "role": "dispatcher", "email": newcomer.email, "display_name": "Dana"}
    token = token_of(invitation["url"])
    assert ask(stack, "/preview", {"token": token}).json() == {**preview, "state": "open"}
    assert rest(stack, newcomer, "POST", "rpc/accept_invitation", {"p_token": token}) == str(company.tenant_id)
    assert ask(stack, "/preview", {"token": token}).json()["state"] == "used"


def test_sending_it_again_ends_the_earlier_link(stack: RunningStack, company: Company) -> None:
    invited = wish()
    first = ask(stack, "", invited, company.owner).json()
    second = ask(stack, f"/{invited['id']}/resend", {}, company.owner)
    assert (second.status_code, second.json()["id"], second.json()["mailed"]) == (200, invited["id"], True)
    assert code(ask(stack, "/preview", {"token": token_of(first["url"])})) == (404, "no_such_invitation")
    assert ask(stack, "/preview", {"token": token_of(second.json()["url"])}).json()["state"] == "open"
    assert len(mails(stack, invited["email"])) == 2


def test_the_same_form_twice_is_one_invitation(stack: RunningStack, company: Company, database: Connection) -> None:
    invited = wish()
    for _ in range(2):
        assert ask(stack, "", invited, company.owner).status_code == 201
    made = database.execute("select id from invitations where email = %s", (invited["email"],)).fetchall()
    assert made == [(uuid.UUID(invited["id"]),)]
    assert code(ask(stack, "", wish(invited["email"]), company.owner)) == (409, "already_invited")


def test_a_mail_server_that_is_down_loses_no_invitation(portal: Database, company: Company) -> None:
    """The answer comes soon, says so, and has the link for the inviter to hand over."""
    post = Post(parse_relay("smtp://127.0.0.1:9?tls=none"), parse_sender("FieldLite <no-reply@fieldlite.test>"))
    member = Member(user_id=company.owner.user_id, tenant_id=company.tenant_id)
    desk = Desk(make_settings(), portal, post)
    sent = desk.invite(member, Wish(uuid.uuid4(), new_email(), "tech", "Luis"))
    assert sent.mailed is False
    assert desk.preview(token_of(sent.url))["state"] == "open"
    assert desk.send_again(member, sent.id).mailed is False


def test_who_may_invite(stack: RunningStack, company: Company, database: Connection) -> None:
    assert code(ask(stack, "", wish())) == (401, "no_session")
    dispatcher = new_member(stack, database, company, "dispatcher")
    assert code(ask(stack, "", wish(), dispatcher)) == (403, "not_allowed")
    manager = new_member(stack, database, company, "manager")
    assert ask(stack, "", wish(), manager).status_code == 201
    assert code(ask(stack, "", wish(role="owner"), manager)) == (403, "not_allowed")


def test_another_companys_invitation_is_not_there(stack: RunningStack, company: Company) -> None:
    invited = wish()
    ask(stack, "", invited, company.owner)
    stranger = new_company(stack, "Elsewhere Plumbing").owner
    assert code(ask(stack, f"/{invited['id']}/resend", {}, stranger)) == (404, "no_such_invitation")
    taken = ask(stack, "", {**wish(), "id": invited["id"]}, stranger)
    assert taken.status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "nobody"}, "email"), ({"role": "king"}, "role"), ({"display_name": " "}, "display_name")],
)
def test_what_cannot_be_an_invitation(
    stack: RunningStack, company: Company, changes: dict[str, str], field: str
) -> None:
    answer = ask(stack, "", wish(**changes), company.owner)
    assert code(answer) == (422, "invalid_input")
    assert field in answer.json()["detail"]


def test_no_secret_of_a_link_is_in_the_log(stack: RunningStack, company: Company) -> None:
    token = token_of(ask(stack, "", wish(), company.owner).json()["url"])
    ask(stack, "/preview", {"token": token}).raise_for_status()
    log = stack.log("service")
    assert "/api/v1/invitations/preview" in log
    assert token not in log
