"""Parts without a database: Go durations, redirect patterns, mail templates and settings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from supabase_local.auth.durations import parse_duration
from supabase_local.auth.mails import Mailer
from supabase_local.auth.redirects import is_allowed, with_fragment, with_query
from supabase_local.auth.settings import AuthSettings, load_settings
from supabase_local.auth.templates import TemplateError, parse
from supabase_local.context import Project, Stack
from supabase_local.mailbox.store import Mailbox


def settings_of(**auth: Any) -> AuthSettings:
    """Read settings as from a config.toml."""
    stack = cast(Stack, _Project(Project(Path(), {"auth": auth})))
    return load_settings(stack)


class _Project:
    """As much of a stack as settings need."""

    api_url = "http://127.0.0.1:54321"

    def __init__(self, project: Project) -> None:
        self.project = project


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1),
        ("1h30m", 5400),
        ("1.5h", 5400),
        ("500ms", 0.5),
        ("0", 0),
        ("-1m", -60),
        ("+2m", 120),
        ("720h", 2592000),
    ],
)
def test_durations_are_read_as_go_reads_them(text: str, seconds: float) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "1", "h", "1d", "1h ", "1h30", "--1h", "1e3s", f"{'9' * 400}h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time: invalid duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("pattern", "allowed", "refused"),
    [
        ("https://a.com/*", ["https://a.com/x", "https://a.com/"], ["https://a.com/x/y", "https://b.com/x"]),
        ("https://a.com/**", ["https://a.com/x/y.z?q=1"], ["https://a.com.evil.com/x"]),
        ("https://*.a.com", ["https://b.a.com"], ["https://c.b.a.com", "https://a.com"]),
        ("https://a.com/?", ["https://a.com/x"], ["https://a.com/xy", "https://a.com/."]),
        ("https://{a,b}.com/", ["https://a.com/", "https://b.com/"], ["https://c.com/"]),
        ("https://[ab].com/", ["https://a.com/"], ["https://c.com/"]),
        ("https://[!ab].com/", ["https://c.com/"], ["https://a.com/"]),
        ("https://a.com/(x)", ["https://a.com/(x)"], ["https://a.com/x"]),
        ("app.name://**", ["app.name://back/x"], ["app-name://back/x"]),
        ("https://**", ["https://a.com/#x"], ["https://2130706433/", "https://10.0.0.1/", "https://a b.com/"]),
    ],
)
def test_redirect_patterns(pattern: str, allowed: list[str], refused: list[str]) -> None:
    settings = settings_of(site_url="https://site.example.com", additional_redirect_urls=[pattern])
    assert [url for url in allowed if not is_allowed(url, settings)] == []
    assert [url for url in refused if is_allowed(url, settings)] == []


def test_the_site_itself_is_always_allowed() -> None:
    settings = settings_of(site_url="https://site.example.com:8443/app")
    assert is_allowed("https://site.example.com:8443/other?x#y", settings)
    others = [
        "http://site.example.com:8443/",
        "https://site.example.com/",
        "https://site.example.com:x/",
        "",
        "//[",
        "x",
    ]
    assert [url for url in others if is_allowed(url, settings)] == []


def test_members_are_added_to_an_address() -> None:
    assert with_query("https://a.com/?x=1#f", {"b": "ü", "a": "1"}) == "https://a.com/?x=1&a=1&b=%C3%BC#f"
    assert with_fragment("https://a.com/?x=1#f", {"b": "2 3", "a": "1"}) == "https://a.com/?x=1#a=1&b=2+3"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Hi {{ .Email }}{{.Token}}", "Hi a&amp;b7"),
        ("{{ .Data.deep.name }}|{{ .Data.missing.name }}|{{ .Nothing }}", "Ann||"),
        ("{{ if .Email }}yes{{ else }}no{{ end }}", "yes"),
        ("{{ if .Nothing }}yes{{ else if .Token }}token{{ else }}no{{ end }}", "token"),
        ('{{ if eq .Data.kind "x" }}x{{ end }}{{ if ne .Data.kind "x" }}y{{ end }}', "x"),
        ("{{ if .Email }}{{ if .Nothing }}a{{ end }}b{{ end }}c", "bc"),
        ("a  {{- /* note */ -}}  b {{- .Token -}} c", "ab7c"),
        ("no actions { { } }", "no actions { { } }"),
    ],
)
def test_templates(source: str, expected: str) -> None:
    fields = {"Email": "a&b", "Token": 7, "Data": {"deep": {"name": "Ann"}, "kind": "x"}}
    assert parse(source).render_html(fields) == expected


@pytest.mark.parametrize(
    "source",
    ["{{ range .X }}", "{{ .X | html }}", "{{ if .X }}", "{{ end }}", "{{ else }}", "{{ if lt .X 1 }}{{ end }}"],
)
def test_templates_beyond_the_supported_part_are_refused(source: str) -> None:
    with pytest.raises(TemplateError):
        parse(source)


def test_a_subject_is_one_line_of_plain_text() -> None:
    assert parse("To {{ .Name }}").render_text({"Name": "A & B\r\nBcc: x@y"}) == "To A & B Bcc: x@y"


@pytest.mark.parametrize(
    ("auth", "named"),
    [
        ({"email": {"max_frequency": "soon"}}, "auth.email.max_frequency"),
        ({"sessions": {"timebox": "1 day"}}, "auth.sessions.timebox"),
        ({"password_requirements": "strong"}, "auth.password_requirements"),
    ],
)
def test_settings_that_make_no_sense_are_named(auth: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        settings_of(**auth)


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ({"subject": "{{ range }}"}, "auth.email.template.recovery"),
        ({"content_path": "./nowhere.html"}, "auth.email.template.recovery.content_path"),
    ],
)
def test_templates_that_make_no_sense_are_named(tmp_path: Path, template: dict[str, str], named: str) -> None:
    project = Project(tmp_path, {"auth": {"email": {"template": {"recovery": template}}}})
    with pytest.raises(ValueError, match=named):
        Mailer(project, settings_of(), Mailbox(tmp_path / "mailbox"))


def test_defaults_are_the_official_clis() -> None:
    settings = settings_of()
    assert (settings.jwt_expiry, settings.password_length, settings.otp_length) == (3600, 6, 6)
    assert settings.reuse_interval == timedelta(seconds=10)
    assert settings.max_frequency == timedelta(seconds=1)
    assert (settings.confirmations, settings.double_confirm_changes) == (False, True)
    assert settings.issuer == "http://127.0.0.1:54321/auth/v1"
    assert settings.limits.email_sent == 360_000
