"""The mails of the room: which template, which fields, and into the mailbox."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from supabase_local.auth import templates
from supabase_local.auth.settings import AuthSettings
from supabase_local.auth.users import User
from supabase_local.context import Project
from supabase_local.mailbox.store import Mailbox

_LINK_LINE = '<p><a href="{{ .ConfirmationURL }}">%s</a></p>\n<p>Or enter the code {{ .Token }}.</p>\n'
_DEFAULTS = {
    "confirmation": (
        "Confirm your e-mail address",
        "<h2>Confirm your e-mail address</h2>\n<p>Follow the link to finish signing up:</p>\n"
        + _LINK_LINE % "Confirm e-mail address",
    ),
    "recovery": (
        "Reset your password",
        "<h2>Reset your password</h2>\n<p>Follow the link to choose a new password:</p>\n"
        + _LINK_LINE % "Reset password",
    ),
    "magic_link": (
        "Your sign-in link",
        "<h2>Sign in</h2>\n<p>Follow the link to sign in:</p>\n" + _LINK_LINE % "Sign in",
    ),
    "invite": (
        "You have been invited",
        "<h2>You have been invited</h2>\n<p>Follow the link to join {{ .SiteURL }}:</p>\n" + _LINK_LINE % "Accept",
    ),
    "email_change": (
        "Confirm the change of your e-mail address",
        "<h2>Change of e-mail address</h2>\n<p>Confirm the change from {{ .Email }} to {{ .NewEmail }}:</p>\n"
        + _LINK_LINE % "Change e-mail address",
    ),
}
"""Subject and HTML of each mail unless ``[auth.email.template.<name>]`` says otherwise."""
_TEMPLATE_OF_LINK = {
    "signup": "confirmation",
    "recovery": "recovery",
    "magiclink": "magic_link",
    "invite": "invite",
    "email_change": "email_change",
}


@dataclass(frozen=True)
class Link:
    """One confirmation: its type, the code to type in, the hash in its link and where it leads."""

    type: str
    code: str
    hashed: str
    redirect_to: str


class Mailer:
    """Writes mails from the project's templates into the mailbox."""

    def __init__(self, project: Project, settings: AuthSettings, mailbox: Mailbox) -> None:
        self._settings, self._mailbox = settings, mailbox
        self._templates = {name: _load(project, name) for name in _DEFAULTS}

    async def send(self, user: User, link: Link, *, recipient: str | None = None) -> None:
        """Send the mail of a link to ``recipient``, by default the user's own address."""
        subject, body = self._templates[_TEMPLATE_OF_LINK[link.type]]
        fields = self._fields(user, link) | {"SendingTo": recipient or user.email}
        message = self._message(recipient or user.email, subject.render_text(fields), body.render_html(fields))
        await asyncio.to_thread(self._mailbox.add, message)

    def action_link(self, link: Link) -> str:
        """Return the address that confirms the link with one GET."""
        # GoTrue leaves a simple address as it is; one with a query of its own must be quoted.
        target = quote_plus(link.redirect_to) if set("&=#") & set(link.redirect_to) else link.redirect_to
        return f"{self._settings.external_url}/verify?token={link.hashed}&type={link.type}&redirect_to={target}"

    def _fields(self, user: User, link: Link) -> dict[str, Any]:
        return {
            "SiteURL": self._settings.site_url,
            "ConfirmationURL": self.action_link(link),
            "RedirectTo": link.redirect_to,
            "Email": user.email,
            "NewEmail": user.email_change,
            "Data": user.user_metadata,
            "Token": link.code,
            "TokenHash": link.hashed,
        }

    def _message(self, recipient: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(self._settings.sender_name, addr_spec=self._settings.sender_address)
        message["To"] = recipient
        message["Subject"] = subject
        message.set_content(_plain(body))
        message.add_alternative(body, subtype="html")
        return message


def _load(project: Project, name: str) -> tuple[templates.Template, templates.Template]:
    """Return the parsed subject and body of a mail. Raises ValueError naming the setting that is wrong."""
    subject, body = _DEFAULTS[name]
    setting = f"auth.email.template.{name}"
    subject = str(project.setting(f"{setting}.subject", subject))
    path = str(project.setting(f"{setting}.content_path", ""))
    if path:
        body = _content_file(project.directory, path, setting).read_text(encoding="utf-8")
    try:
        return templates.parse(subject), templates.parse(body)
    except templates.TemplateError as error:
        raise ValueError(f"config.toml: {setting}: {error}") from error


def _content_file(directory: Path, path: str, setting: str) -> Path:
    """Return the file, relative to the folder above the project folder, as the CLI has it, or to the folder itself."""
    for base in (directory.parent, directory):
        if (base / path).is_file():
            return base / path
    raise ValueError(f"config.toml: {setting}.content_path: there is no file {path}")


def _plain(body: str) -> str:
    """Return a readable text version: links spelled out, tags dropped."""
    linked = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', r"\2: \1", body, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", linked)).strip() + "\n"
