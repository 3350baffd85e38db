"""What arrives while a person is erased is either erased with them or somebody new; two erasures are one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import Connection

from tests.database.actors import be
from tests.database.companies import CUSTOMER, receive
from tests.database.concurrently import WAITING, company_of, together, wait_until_blocked
from tests.database.conftest import Company, superuser_url
from tests.database.contacts import add

ERASE = "select backend.erase_contact(%s, %s, (select id from public.contacts where name is null limit 1), true)"
ERASE_ONE = "select backend.erase_contact(%s, %s, %s, true) #>> '{certificate,contact}'"
PAIR = (("Ann", "+13035550111"), ("A. Lee", "+13035550112"))


def erase(connection: Connection[Any], company: Company) -> Any:
    row = connection.execute(ERASE, [company.id, company.people["owner"].user_id]).fetchone()
    return row[0] if row else None


def test_a_text_that_comes_in_meanwhile_begins_a_new_conversation(clone_url: str) -> None:
    """It waits for the erasure, and then finds nobody who has the number."""
    look, company = company_of(clone_url)
    with look, psycopg.connect(superuser_url(clone_url)) as erasing:
        receive(look, company, "Hello")
        erase(erasing, company)

        def text() -> None:
            with psycopg.connect(superuser_url(clone_url), autocommit=True) as connection:
                receive(connection, company, "Me again")

        arriving = threading.Thread(target=text)
        arriving.start()
        while look.execute(WAITING).fetchone() != (1,):
            assert arriving.is_alive()
        erasing.commit()
        arriving.join(10)
        talks = look.execute(
            "select talk.their_number = %s, array_agg(message.body) from public.conversations as talk "
            "join public.sms_messages as message on message.conversation_id = talk.id group by talk.id order by 1",
            [CUSTOMER],
        ).fetchall()
        assert talks == [(False, [""]), (True, ["Me again"])]


def test_two_who_erase_the_same_person_at_once_get_the_same_certificate(clone_url: str) -> None:
    look, company = company_of(clone_url)
    with look:
        receive(look, company, "Hello")
        contact = look.execute("select id from public.contacts").fetchone()
        assert contact is not None
        call = "select backend.erase_contact(%s, %s, %s, true) ->> 'certificate_hash'"
        values = [company.id, company.people["owner"].user_id, contact[0]]
        first, second = together(clone_url, [lambda c: c.execute(call, values).fetchone()] * 2)
        assert first == second
        assert look.execute("select count(*) from public.erasures").fetchone() == (1,)


def test_whoever_is_merged_while_they_are_erased_is_erased_whole(clone_url: str) -> None:
    """The erasure waits for the merge, and then knows the contact that the two became."""
    look, company = company_of(clone_url)
    with look, psycopg.connect(superuser_url(clone_url)) as merging:
        winner, loser = (add(look, company, name, phones=[phone]) for name, phone in PAIR)
        be(merging, company.people["owner"])
        merging.execute("select public.merge_contacts(%s, %s)", [winner, loser])
        values = [company.id, company.people["owner"].user_id, loser]
        with ThreadPoolExecutor(1) as pool, psycopg.connect(superuser_url(clone_url), autocommit=True) as connection:
            erasing = pool.submit(lambda: connection.execute(ERASE_ONE, values).fetchone())
            wait_until_blocked(look, erasing)
            merging.commit()
            assert erasing.result(10) == (str(winner),)
        assert look.execute("select count(*) from public.contact_phones").fetchone() == (0,)
        assert look.execute("select distinct name from public.contacts").fetchall() == [("Erased person",)]
