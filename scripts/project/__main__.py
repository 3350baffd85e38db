"""``scripts/check-project``: looks at a project and says what of it is not as FieldLite relies on."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from dotenv import dotenv_values

from scripts.project.api_checks import check_channels, check_data_api
from scripts.project.auth_checks import TOKEN_VARIABLE, check_auth
from scripts.project.database_checks import check_database
from scripts.project.findings import Finding
from scripts.project.login_checks import check_logins

DESCRIPTION = f"""\
Looks at a Supabase project (hosted, self-hosted or embedded), changes nothing, and prints a line for each thing that
FieldLite relies on: ok, warn or fail, with what to do. Reads the service's settings (FIELDLITE_..., also from .env) and
SUPABASE_DB_URL; for Auth's inner settings of a hosted project, {TOKEN_VARIABLE}. Fails when a line does.
"""


def main() -> int:
    """Return 0 when nothing fails, 1 when something does, 2 when it is not said which project."""
    parser = argparse.ArgumentParser(
        prog="scripts/check-project", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database-url",
        default=os.environ.get("SUPABASE_DB_URL"),
        help="the project's database, as role postgres (default: the environment's SUPABASE_DB_URL)",
    )
    parser.add_argument("--json", action="store_true", help="print a list of {level, title, advice}")
    choices = parser.parse_args()
    settings = {**dotenv_values(".env"), **os.environ}
    known = {name: value for name, value in settings.items() if value}
    if not choices.database_url or "FIELDLITE_SUPABASE_URL" not in known:
        parser.error("name the project with --database-url (or SUPABASE_DB_URL) and FIELDLITE_SUPABASE_URL")
    found = []
    for finding in look(choices.database_url, known):
        found.append(finding)
        if not choices.json:
            print(finding, flush=True)
    if choices.json:
        print(json.dumps([asdict(finding) for finding in found], indent=2))
    return int(any(finding.level == "fail" for finding in found))


def look(database_url: str, settings: Mapping[str, str]) -> Iterator[Finding]:
    """Look at everything, the database first."""
    url = settings["FIELDLITE_SUPABASE_URL"].rstrip("/")
    key = settings.get("FIELDLITE_SUPABASE_PUBLISHABLE_KEY", "")
    yield from check_database(database_url)
    yield from check_logins(settings)
    yield from check_data_api(url, key)
    yield from check_channels(url, key)
    yield from check_auth(url, key)
    if not settings.get("FIELDLITE_SMTP_URL"):
        yield Finding(
            "warn",
            "the service mails through a server of yours",
            "Set FIELDLITE_SMTP_URL, or invitations are not mailed.",
        )


if __name__ == "__main__":
    sys.exit(main())
