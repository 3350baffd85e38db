"""Who runs what when tests run in parallel: a room stays together where it shares what is slow to start.

Every worker starts one stack for all of its files, so files go to workers as they become free, the long ones first: a
long one at the end would leave the other worker idle. Rooms with a stack of their own go to one worker whole.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "fragile stack": (
        "tests/web/test_connection.py", "tests/faults/test_database_killed.py", "tests/faults/test_stripe_killed.py",
    ),
    "databases to clone": (
        "tests/database/", "tests/service/background/", "tests/service/operations/",
        "tests/faults/test_worker_killed.py", "tests/faults/test_import_killed.py",
    ),
    "embedded Auth": ("tests/embedded/auth/",),
    "embedded Supabase": ("tests/embedded/",),
}  # fmt: skip
"""Rooms by what they share; the first whose beginnings fit a file has it."""

LONG = ("tests/web/", "tests/service/payments/", "tests/tools/test_dev.py")
"""Beginnings of files that take long, after the rooms above."""


def room_of(nodeid: str) -> str:
    """Return what runs as one: a room, or the file."""
    file = nodeid.partition("::")[0]
    return next((room for room, beginnings in TOGETHER.items() if file.startswith(beginnings)), file)


def turn_of(nodeid: str) -> tuple[int, str]:
    """Return the key by which tests are sorted; within one room they stay as they were collected."""
    room = room_of(nodeid)
    if room in TOGETHER:
        return 0, room
    return (1 if room.startswith(LONG) else 2), room


class ByRoom(LoadScopeScheduling):
    """xdist's scheduler for whole modules, for rooms."""

    def _split_scope(self, nodeid: str) -> str:
        return room_of(nodeid)
