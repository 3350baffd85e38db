"""Merges at the same moment, and texts, notes and deletions that meet them: one result, no deadlock, nothing lost."""

from __future__ import annotations

import uuid
from typing import Any

from psycopg import Connection

from tests.database.companies import receive
from tests.database.concurrently import Work, company_of, together
from tests.database.conftest import Company
from tests.database.contacts import add, save, search, tell, try_merge, undo, value

NUMBERS = [f"+130355501{n}" for n in range(50, 58)]


def test_two_merges_of_one_pair_are_one(clone_url: str) -> None:
    """In both directions at once: everybody gets the same merge."""
    look, company = company_of(clone_url)
    with look:
        first, second = add(look, company, "A", phones=[NUMBERS[0]]), add(look, company, "B", phones=[NUMBERS[0]])
        works: list[Work] = [
            lambda c: try_merge(c, company, first, second),
            lambda c: try_merge(c, company, second, first),
        ]
        answers = together(clone_url, works * 2)
        assert [answer.state for answer in answers] == [None] * 4
        assert len({answer.rows for answer in answers}) == 1
        assert value(look, "select count(*) from public.merges") == 1
        assert value(look, "select count(*) from public.contacts where deleted_at is null") == 1


def write_note(connection: Connection[Any], company: Company, contact: uuid.UUID) -> Any:
    """Write a note as a browser does; return the refusal, if any."""
    statement = "insert into public.notes (contact_id, body) values (%s, 'At the same time')"
    return tell(connection, company, statement, [contact]).state


def test_what_meets_a_merge_goes_to_the_winner(clone_url: str) -> None:
    """Notes to the loser, texts from numbers of both, a form that saves the loser: no deadlock, nothing stranded."""
    look, company = company_of(clone_url)
    with look:
        winner, loser = add(look, company, "A", phones=NUMBERS[:4]), add(look, company, "B", phones=NUMBERS[4:])
        for number in NUMBERS:
            receive(look, company, "Hello", sender=number)
        texts: list[Work] = [lambda c, n=number: receive(c, company, "Hi", sender=n)[0] for number in NUMBERS[2:6]]  # type: ignore[misc]
        results = together(
            clone_url,
            [
                lambda c: try_merge(c, company, winner, loser).state,
                *texts,
                *[lambda c: write_note(c, company, loser)] * 4,
                lambda c: save(c, company, id=str(loser), version=1, name="Changed").detail,
            ],
        )
        assert results[0] is None
        assert results[1:5] == ["applied"] * 4
        assert results[5:9] == [None] * 4
        assert results[9] in (None, "no_such_contact")
        assert value(look, "select count(*) from public.notes where contact_id = %s", [winner]) == 4
        owners = look.execute("select distinct contact_id from public.conversations").fetchall()
        assert owners == [(winner,)]
        assert look.execute("select distinct contact_id from public.timeline_entries").fetchall() == [(winner,)]


def test_two_undos_and_a_deletion_end_in_order(clone_url: str) -> None:
    """Undone once; the deleted winner stays deleted, its number is nobody's."""
    look, company = company_of(clone_url)
    with look:
        winner, loser = add(look, company, "A", phones=NUMBERS[:2]), add(look, company, "B", phones=NUMBERS[1:3])
        merge_id = try_merge(look, company, winner, loser).rows[0][0]
        delete = "select public.delete_record('contact', %s)"
        works: list[Work] = [lambda c: undo(c, company, merge_id).state] * 2
        results = together(clone_url, [*works, lambda c: tell(c, company, delete, [winner]).state])
        assert results == [None, None, None]
        living = look.execute("select id from public.contacts where deleted_at is null").fetchall()
        assert living == [(loser,)]
        assert value(look, "select private.owners_of_number(%s, %s)", [company.id, NUMBERS[1]]) == [loser]


def test_changes_of_one_contact_at_once_are_all_found(clone_url: str) -> None:
    """Numbers, name and organization change at one moment, beside a merge: no deadlock, and the search knows all."""
    look, company = company_of(clone_url)
    with look:
        contact = add(look, company, "Rosa", phones=NUMBERS[:3], organization_name="Ridge HOA")
        other = add(look, company, "R.", phones=NUMBERS[3:4])
        rename = "update public.contacts set name = 'Rosa Delgado' where id = %s"
        move = "update public.contact_phones set e164 = %s, raw = %s where e164 = %s"
        moves: list[Work] = [
            lambda c, n=n: tell(c, company, move, [f"+1720555010{n}", f"+1720555010{n}", NUMBERS[n]]).state  # type: ignore[misc]
            for n in range(3)
        ]
        results = together(
            clone_url,
            [
                *moves,
                lambda c: tell(c, company, rename, [contact]).state,
                lambda c: tell(c, company, "update public.organizations set name = 'Lowland Towers'").state,
                lambda c: try_merge(c, company, contact, other).state,
            ],
        )
        assert results == [None] * 6
        for query in ("7205550100", "7205550101", "7205550102", NUMBERS[3], "delgado", "lowland"):
            assert search(look, company, query) == ["Rosa Delgado"], query
