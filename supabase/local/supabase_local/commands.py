"""What the command line does to a stack in another process: start it in the background, stop it, make it anew."""

from __future__ import annotations

import asyncio
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from supabase_local.cluster.privileges import remove_server_folder
from supabase_local.cluster.processes import end_server_in
from supabase_local.cluster.server import log_tail
from supabase_local.errors import StackError
from supabase_local.options import Announce, Options, Ports
from supabase_local.state import POLL_SECONDS, prepare_data_folder, read_state, running_lock, running_pid

STOP_SECONDS = 40.0
START_SECONDS = 120.0


def start_detached(options: Options) -> None:
    """Start the stack in a process of its own and return when it is ready. Raises StackError when it is not."""
    log_file = options.data / "logs" / "stack.log"
    with log_file.open("w") as output:
        process = subprocess.Popen(
            _start_command(options), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if (state := read_state(options.data)) and state["pids"]["stack"] == process.pid:
            return
        if process.poll() is not None:
            raise StackError(f"The stack did not start. The end of {log_file}:\n{log_tail(log_file)}")
        time.sleep(POLL_SECONDS)
    process.terminate()
    raise StackError(
        f"The stack was not ready after {START_SECONDS:.0f} s. The end of {log_file}:\n{log_tail(log_file)}"
    )


def stop(options: Options) -> bool:
    """Stop the stack of the data folder, or a PostgreSQL that a killed one left; tell whether anything ran."""
    pid = running_pid(options.data)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        _wait_until_ended(options.data)
    return end_server_in(options.data / "postgres" / "data") or pid is not None


def reset(options: Options, announce: Announce) -> bool:
    """Delete all data and make the database anew; tell whether the stack runs afterwards, as it did before."""
    prepare_data_folder(options.data)  # refuses a folder that is not ours before anything is deleted
    was_running = running_pid(options.data) is not None
    stop(options)
    remove_server_folder(options.data)
    shutil.rmtree(options.data)
    prepare_data_folder(options.data)
    if was_running:
        start_detached(options)
        return True
    with running_lock(options.data):
        asyncio.run(_create(options, announce))
    announce("The database is new. Start the stack with `start`.")
    return False


async def _create(options: Options, announce: Announce) -> None:
    database = importlib.import_module("supabase_local.database")  # loads the driver, which stopping need not wait for
    server = await database.start_database(options, announce)
    await server.stop()


def _start_command(options: Options) -> list[str]:
    ports: Ports = options.ports
    return [
        *(sys.executable, "-m", "supabase_local", "start", "--background"),
        *("--project", str(options.project.directory)),
        *("--data", str(options.data)),
        *("--api-port", str(ports.api)),
        *("--db-port", str(ports.database)),
        *("--mailbox-port", str(ports.mailbox)),
        *("--smtp-port", str(ports.smtp)),
        *([] if options.until_exit_of is None else ["--until-exit-of", str(options.until_exit_of)]),
    ]


def _wait_until_ended(data: Path) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while running_pid(data) is not None:
        if time.monotonic() > deadline:
            raise StackError(f"The stack on {data} did not stop within {STOP_SECONDS:.0f} s.")
        time.sleep(POLL_SECONDS)
