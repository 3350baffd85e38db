"""The processes of a stack: how each is started, and how it shows that it is ready."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from scripts.stack.addresses import addresses
from scripts.stack.family import Child
from scripts.stack.layout import ROOT
from scripts.stack.options import Options
from scripts.stack.ports import ADDRESS
from scripts.stack.readiness import answers, says

Environment = Mapping[str, str]


def module(name: str, *arguments: str | Path) -> list[str | Path]:
    """Return the command that runs a module of ours (``-P``: whatever folder it is started from)."""
    return [sys.executable, "-P", "-m", name, *arguments]


def base_environment() -> dict[str, str]:
    """Return the environment of every child: ours, with logs that appear at once."""
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


def supabase(options: Options) -> Child:
    """The embedded Supabase; it applies new migrations, and seeds a database that it has just made."""
    ports = options.ports
    command = module(
        "supabase_local", "start", "--project", ROOT / "supabase", "--data", options.state.supabase,
        "--api-port", str(ports.api), "--db-port", str(ports.database), "--mailbox-port", str(ports.mailbox),
        "--smtp-port", str(ports.smtp),
    )  # fmt: skip
    where = addresses(ports)
    # config.toml names this variable as the site's address, which e-mails link to.
    environment = {**base_environment(), "FIELDLITE_PUBLIC_URL": where["service_url"]}
    ready = answers(f"{where['supabase_url']}/auth/v1/health")
    return Child("supabase", command, environment, options.state.log("supabase"), ready, seconds=180)


def sandbox(options: Options) -> Child:
    """The stand-in for Twilio and Stripe, with the customer's phone; it keeps its texts and payments."""
    command = module("scripts.sandbox", "--port", str(options.ports.sandbox), "--state", options.state.sandbox)
    url = addresses(options.ports)["sandbox_url"]
    return Child("sandbox", command, base_environment(), options.state.log("sandbox"), answers(url))


def service(options: Options, settings: Environment) -> Child:
    """The service under gunicorn, with production's configuration."""
    bind = f"{ADDRESS}:{options.ports.web}"
    command = module("gunicorn", "--config", ROOT / "gunicorn.conf.py", "--bind", bind)
    environment = {**base_environment(), **settings}
    url = addresses(options.ports)["service_url"]
    return Child("service", command, environment, options.state.log("service"), answers(f"{url}/api/v1/ready"))


def worker(options: Options, settings: Environment) -> Child:
    """The process that sends texts."""
    log = options.state.log("worker")
    return Child(
        "worker", module("service.background"), {**base_environment(), **settings}, log, says(log, "worker_started")
    )
