"""Starting a stack and staying with it until it is told to stop."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace

from scripts.stack import (
    children,
    control,
    credentials,
    interruption,
    machine,
    ports,
    record,
    roles,
    stripe_events,
    web,
)
from scripts.stack.addresses import addresses, service_settings
from scripts.stack.console import step
from scripts.stack.family import Family, run_once
from scripts.stack.interruption import Told
from scripts.stack.layout import WEB
from scripts.stack.options import Options
from scripts.stack.processes import Identity
from scripts.stack.record import Record


def run(options: Options) -> None:
    """Start everything, say where it is, and stay until Ctrl-C, SIGTERM or the end of the process to follow."""
    if options.has("web"):
        machine.require_node()
    interruption.listen()
    with record.watching(options.state):
        clear_leftovers(options)
        ports.require_free(options.ports)
        Stack(options).run()


def clear_leftovers(options: Options) -> None:
    """Stop what an earlier start left running when its watcher was killed."""
    previous = record.read(options.state.record)
    if previous is not None and previous.living():
        step("stopping what an interrupted run left behind")
        control.stop_children(previous)


@dataclass
class Stack:
    """One start, from nothing to ready."""

    options: Options

    def __post_init__(self) -> None:
        self.record = Record(own_identity(), addresses(self.options.ports))
        self.family = Family(self.remember)

    def run(self) -> None:
        """Start, announce and watch; whatever happens, stop the children and forget the record."""
        try:
            self.start()
            self.record = replace(self.record, ready=True)
            self.remember(self.record.children)
            announce(self.options)
            self.family.watch(self.options.until_exit_of)
        except Told:
            step("stopping")
        finally:
            interruption.ignore()
            self.family.stop()
            self.options.state.record.unlink(missing_ok=True)

    def start(self) -> None:
        """Start each part as soon as what it needs is ready."""
        options = self.options
        shutil.rmtree(options.state.logs, ignore_errors=True)
        database = children.supabase(options)
        self.family.start(database)
        sandbox = children.sandbox(options) if options.has("sandbox") else None
        if sandbox:
            self.family.start(sandbox)
        if options.has("web"):
            web.install_packages(WEB)
            web.build()
        database.wait_until_ready()
        settings = self.prepare_logins()
        if sandbox:
            sandbox.wait_until_ready()
            where = addresses(options.ports)
            stripe_events.send_to(where["service_url"], where["sandbox_url"])
        self.start_service(settings)

    def prepare_logins(self) -> dict[str, str]:
        """Give the service's logins their passwords; return the settings with which the service runs."""
        made = credentials.load_or_create(self.options.state.credentials)
        roles.set_passwords(addresses(self.options.ports)["database_url"], made.passwords)
        settings = service_settings(self.options, made)
        credentials.write_private(self.options.state.settings, json.dumps(settings, indent=2))
        return settings

    def start_service(self, settings: dict[str, str]) -> None:
        """Start the service and the worker; give the demo company its connection to the sandbox."""
        options = self.options
        started = [children.service(options, settings)]
        if options.has("worker"):
            started.append(children.worker(options, settings))
        for child in started:
            self.family.start(child)
        for child in started:
            child.wait_until_ready()
        if options.has("demo") and options.has("sandbox"):
            step("connecting the demo company to the sandbox")
            command = children.module("service.operations.connect_demo")
            environment = {**children.base_environment(), **settings}
            run_once("connect_demo", command, environment, options.state.log("connect_demo"))

    def remember(self, living: dict[str, Identity]) -> None:
        """Keep the record on disk in step with what runs."""
        self.record = replace(self.record, children=living)
        record.write(self.options.state.record, self.record)


def announce(options: Options) -> None:
    """Print where everything is."""
    where = addresses(options.ports)
    lines = [("FieldLite", where["web_url"]), ("Sign in as", "owner@ridgeline.example, password ridgeline-demo")]
    if options.has("sandbox"):
        lines.append(("A customer's phone", where["sandbox_url"]))
    lines += [("E-mail that was sent", where["mailbox_url"]), ("Logs", str(options.state.logs))]
    print("\nReady.", *(f"  {label + ':':<22}{value}" for label, value in lines), sep="\n", flush=True)


def own_identity() -> Identity:
    """The identity of this process."""
    identity = Identity.of(os.getpid())
    if identity is None:
        raise RuntimeError("this process is not in /proc")
    return identity
