"""The list queries that the screens make, as statements with a company and rows of it as parameters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """A query under row-level security, and the same one with an explicit company for a role that bypasses it."""

    name: str
    secured: str
    bypassing: str


def plain(name: str, columns: str, relation: str, condition: str, order: str, limit: int = 50) -> Query:
    """A page of a table or view: what the Data API makes of a screen's request."""
    text = f"select {columns} from public.{relation} where {{}} order by {order} limit {limit}"  # noqa: S608 - all of it is written here
    mine = "tenant_id = %(tenant)s"
    filtered = text.format(f"{mine} and {condition}" if condition else mine)
    return Query(name, filtered, filtered)


QUERIES = (
    plain("inbox", "*", "conversation_list", "", "last_message_at desc, id desc"),
    plain("inbox, next page", "*", "conversation_list", "(last_message_at, id) < (%(at)s, %(conversation)s)",
          "last_message_at desc, id desc"),
    plain("unread count", "count(*)", "conversation_list", "unread_count > 0", "1", 1),
    plain("thread", "*", "thread_entries", "conversation_id = %(conversation)s", "at desc, id desc"),
    plain("contact's timeline", "*", "thread_entries", "contact_id = %(contact)s", "at desc, id desc"),
    Query("contact", "select * from public.get_contact(%(contact)s)",
          "select * from public.contact_cards where tenant_id = %(tenant)s and id = %(contact)s"),
    plain("invoices", "*", "invoice_list", "", "created_at desc, id desc"),
    plain("contact's invoices", "*", "invoice_list", "contact_id = %(contact)s", "created_at desc, id desc"),
    plain("tasks", "*", "task_list", "completed_at is null", "due_on, id"),
    plain("audit log", "*", "audit_list", "", "line desc"),
    plain("one row's history", "*", "audit_list", "row_id = %(contact)s", "line desc"),
    plain("team", "*", "member_list", "", "display_name, id"),
    plain("numbers", "*", "phone_numbers", "", "e164"),
    plain("tags", "*", "tags", "", "name"),
    Query("contacts by name", "select * from public.list_contacts(p_sort => 'name')",
          "select * from public.contact_list where tenant_id = %(tenant)s order by sort_name, id limit 50"),
    Query("contacts by creation", "select * from public.list_contacts(p_sort => 'created')",
          "select * from public.contact_list where tenant_id = %(tenant)s order by created_at desc, id desc limit 50"),
)  # fmt: skip

SEARCHES = (
    "ann", "bartholomew", "greenfield", "carla dunwater", "hart", "4000", "303 555", "(400) 000-1234", "0012345",
    "oak street", "elena.ironsmith", "larimer", "@example", "kingsgate", "wood", "smi", "12 pearl",
    "barthlomew", "greenfeild", "dimitri", "kristen", "jamall", "ironsmyth", "norhtwood",
)  # fmt: skip
"""Fragments of names, numbers, addresses and streets; the last seven have typing mistakes."""
