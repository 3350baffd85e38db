"""Types of the room's database access: psycopg connections logged in as supabase_auth_admin."""

from __future__ import annotations

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

Connection = AsyncConnection[TupleRow]
