"""The mailbox's web page: a list, a mail, and the mail's own HTML in a frame that can do nothing but open links."""

from __future__ import annotations

from html import escape
from typing import Any

from supabase_local.mailbox.messages import attachments, summary
from supabase_local.mailbox.store import Mail, part

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'"
_ALLOWED = "allow-popups allow-popups-to-escape-sandbox"
MAIL_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox {_ALLOWED}"
"""A mail's HTML runs no script, loads nothing, and its links open in a tab of their own."""

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem }
ul { list-style: none; padding: 0 } li { border-top: 1px solid #8884 }
li a { display: block; padding: .6rem .2rem; text-decoration: none; color: inherit }
li a:hover, li a:focus { background: #8882 }
.unread { font-weight: 600 } small, dt { opacity: .75 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 28rem; border: 1px solid #8886; background: #fff; color-scheme: light }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
"""


def list_page(mails: list[Mail], total: int) -> str:
    """Return the page that lists mails, newest first. It reloads itself every five seconds."""
    rows = (
        "".join(_row(mail) for mail in mails) or "<li><p>No mail yet. Mails that the stack sends appear here.</p></li>"
    )
    shown = f"{len(mails)} of {total}" if total > len(mails) else str(total)
    clear = '<form method="post" action="/clear"><button>Delete all</button></form>' if mails else ""
    body = f"<header><h1>Mailbox</h1><span>{shown} mails</span>{clear}</header><ul>{rows}</ul>"
    return _page("Mailbox", body, head='<meta http-equiv="refresh" content="5">')


def mail_page(mail: Mail) -> str:
    """Return the page that shows one mail: as HTML in a frame, and as text."""
    members = summary(mail)
    recipients = ", ".join(person["Address"] for person in members["To"])
    facts = {"From": members["From"]["Address"], "To": recipients, "Date": members["Created"]}
    listed = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    listed += "".join(f"<dt>Attachment</dt><dd>{_file_link(mail, file)}</dd>" for file in attachments(mail.message))
    frame = (
        f'<iframe title="The mail" sandbox="{_ALLOWED}" src="/view/{mail.id}.html"></iframe>'
        if part(mail.message, "html")
        else ""
    )
    subject = escape(members["Subject"])
    text = f"<h2>As text</h2><pre>{escape(part(mail.message, 'plain'))}</pre>"
    return _page(subject, f'<p><a href="/">Mailbox</a></p><h1>{subject}</h1><dl>{listed}</dl>{frame}{text}')


def mail_html(mail: Mail) -> str:
    """Return the mail's own HTML, with links opening in a new tab because the frame may not navigate."""
    return f'<!doctype html><base target="_blank">{part(mail.message, "html")}'


def _row(mail: Mail) -> str:
    members = summary(mail)
    recipients = escape(", ".join(person["Address"] for person in members["To"]))
    mark = "" if mail.read else ' class="unread"'
    subject, created = escape(members["Subject"]), escape(members["Created"])
    return f'<li><a{mark} href="/view/{mail.id}">{subject}<br><small>to {recipients}, {created}</small></a></li>'


def _file_link(mail: Mail, file: dict[str, Any]) -> str:
    path = f"/api/v1/message/{mail.id}/part/{file['PartID']}"
    return f'<a href="{path}">{escape(file["FileName"] or file["ContentType"])}</a> ({file["Size"]} bytes)'


def _page(title: str, body: str, *, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>{head}'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style><body>{body}</body></html>'
    )
