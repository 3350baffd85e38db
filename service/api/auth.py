"""`/api/v1/auth`: sign-up, mailed links, sign-in, refresh, sign-out. See docs of `service.sessions` for the rules."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from flask import Blueprint, Response, after_this_request, jsonify, request
from pydantic import Field, StringConstraints
from werkzeug.exceptions import UnsupportedMediaType

from service.api.signed_in import secure_cookies, signed_in
from service.bodies import Body, read_body
from service.context import services_of_app, visitor
from service.errors import NoSession
from service.sessions import accounts
from service.sessions.cookie import clear_cookie, read_cookie, set_cookie
from service.sessions.csrf import check_origin

blueprint = Blueprint("auth", __name__, url_prefix="/api/v1/auth")

Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00]+$")]
DisplayName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]+$")
]


class SignUp(Body):
    """Who wants an account."""

    email: Email
    password: Password
    display_name: DisplayName


class Confirm(Body):
    """What the link in the mail carries."""

    token_hash: str = Field(min_length=1, max_length=200)
    type: accounts.LinkKind


class Address(Body):
    """Whom a mail goes to."""

    email: Email


class SignIn(Body):
    """Who signs in."""

    email: Email
    password: Password


class SignOut(Body):
    """What ends: this session, the others, or every one."""

    scope: Literal["local", "others", "global"]


@blueprint.before_request
def refuse_foreign_pages() -> None:
    """Only our own pages, and only with JSON, which a form of another site cannot send."""
    check_origin(request.headers.get("Origin"), request.host, services_of_app().settings.public_url)
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")


@blueprint.post("/sign-up")
def sign_up() -> tuple[Response, int]:
    """202 whether the address was known or not; a mail confirms."""
    body = read_body(SignUp)
    accounts.sign_up(
        services_of_app().door, visitor(), email=body.email, password=body.password, display_name=body.display_name
    )
    return jsonify({}), HTTPStatus.ACCEPTED


@blueprint.post("/confirm")
def confirm() -> Response | tuple[Response, int]:
    """The session of whoever opened the mail's link and pressed the button; 202 while another link is awaited."""
    body = read_body(Confirm)
    session = accounts.confirm(services_of_app().door, visitor(), token_hash=body.token_hash, kind=body.type)
    return (jsonify({}), HTTPStatus.ACCEPTED) if session is None else signed_in(session)


@blueprint.post("/resend")
def resend() -> tuple[Response, int]:
    """202 always; the mail goes out only where something waits for confirmation."""
    accounts.resend_confirmation(services_of_app().door, visitor(), email=read_body(Address).email)
    return jsonify({}), HTTPStatus.ACCEPTED


@blueprint.post("/magic-link")
def magic_link() -> tuple[Response, int]:
    """202 always; a mail with a link that signs in goes to whoever has an account."""
    accounts.send_magic_link(services_of_app().door, visitor(), email=read_body(Address).email)
    return jsonify({}), HTTPStatus.ACCEPTED


@blueprint.post("/recover")
def recover() -> tuple[Response, int]:
    """202 always; a mail with a link to a new password goes to whoever has an account."""
    accounts.send_recovery(services_of_app().door, visitor(), email=read_body(Address).email)
    return jsonify({}), HTTPStatus.ACCEPTED


@blueprint.post("/sign-in")
def sign_in() -> Response:
    """The session, and its cookie."""
    body = read_body(SignIn)
    return signed_in(accounts.sign_in(services_of_app().door, visitor(), email=body.email, password=body.password))


@blueprint.post("/refresh")
def refresh() -> Response:
    """The next access token, by the cookie alone; 401 `no_session` also takes a dead cookie away."""
    token = read_cookie(request)
    if token is None:
        raise NoSession
    try:
        return signed_in(accounts.refresh(services_of_app().door, visitor(), refresh_token=token))
    except NoSession:
        after_this_request(_without_cookie)
        raise


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """204. The cookie goes at once, even when Auth cannot be reached to end the session behind it."""
    scope = read_body(SignOut).scope
    token = read_cookie(request)
    if scope != "others":
        after_this_request(_without_cookie)
    if token is None:
        if scope == "local":
            return Response(status=HTTPStatus.NO_CONTENT)
        raise NoSession
    session = accounts.sign_out(services_of_app().door, visitor(), refresh_token=token, scope=scope)
    response = Response(status=HTTPStatus.NO_CONTENT)
    if session is not None:
        set_cookie(response, session.refresh_token, secure=secure_cookies())
    return response


def _without_cookie(response: Response) -> Response:
    clear_cookie(response, secure=secure_cookies())
    return response
