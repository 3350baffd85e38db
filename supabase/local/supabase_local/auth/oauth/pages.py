"""The pages of the stand-in: plain forms, which say in the first line that they are not the provider."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""Without ``form-action``: browsers would apply it to the redirects that lead back to the site."""

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 26rem; margin: 0 auto; padding: 1rem }
.note, .problem { border: 1px solid #8888; border-radius: .5rem; padding: .5rem .8rem }
.problem { border-color: #c33 }
label { display: block; margin: .8rem 0 } input:not([type=checkbox]) { display: block; width: 100%; font: inherit;
padding: .5rem; box-sizing: border-box }
button { font: inherit; padding: .5rem 1rem; margin: .2rem .2rem .2rem 0 }
ul { list-style: none; padding: 0 } li button { width: 100%; text-align: left }
"""


def consent(title: str, people: Iterable[tuple[str, str]], *, email: str, problem: str) -> str:
    """Return the page on which to choose or type who signs in. ``people`` are addresses with names."""
    known = "".join(_choice(address, name) for address, name in people)
    choices = f"<h2>Accounts of this project</h2><ul>{known}</ul>" if known else ""
    said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return _page(
        f"Sign in with {escape(title)} (stand-in)",
        f"""<p class="note">This page stands in for {escape(title)} in development.
        It asks for no password, and nothing leaves this machine.</p>
        <h1>Sign in with {escape(title)}</h1>{said}{choices}<h2>Somebody</h2>{_form(email)}""",
    )


def refusal(message: str) -> str:
    """Return the page for a request that no provider would answer."""
    return _page("Sign-in is not possible", f'<h1>Sign-in is not possible</h1><p role="alert">{escape(message)}</p>')


def _choice(address: str, name: str) -> str:
    hidden = f'<input type="hidden" name="name" value="{escape(name)}"><input type="hidden" name="verified" value="1">'
    label = f"{escape(name)} ({escape(address)})" if name else escape(address)
    button = f'<button name="email" value="{escape(address)}">{label}</button>'
    return f'<li><form method="post">{hidden}{button}</form></li>'


def _form(email: str) -> str:
    return f"""<form method="post">
    <label>E-mail address <input name="email" type="email" required autofocus value="{escape(email)}"></label>
    <label>Name <input name="name" autocomplete="off"></label>
    <label><input type="checkbox" name="verified" value="1" checked> The provider has verified this address</label>
    <button name="decision" value="approve">Continue</button>
    <button name="decision" value="deny" formnovalidate>Deny</button></form>"""


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style><body>{body}</body></html>'
    )
