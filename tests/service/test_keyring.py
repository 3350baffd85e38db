"""The vault's keyring: read strictly, shown never."""

from __future__ import annotations

import base64

import pytest

from service.keyring import Keyring

ONE, TWO = (base64.b64encode(bytes([number] * 32)).decode() for number in (1, 2))


def test_the_first_key_encrypts_and_all_are_handed_over() -> None:
    keyring = Keyring.parse(f"new:{TWO}, old:{ONE}")
    assert keyring.current == ("new", TWO)
    assert keyring.as_json() == {"new": TWO, "old": ONE}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "entry 1"),
        (ONE, "entry 1"),
        (f"one:{ONE},", "entry 2"),
        (f"o ne:{ONE}", "entry 1"),
        ("one:%%%", "not base64"),
        (f"one:{base64.b64encode(b'short').decode()}", "5 bytes"),
        (f"one:{ONE},one:{TWO}", "same id"),
    ],
)
def test_a_wrong_keyring_is_refused_without_quoting_it(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refused:
        Keyring.parse(text)
    assert ONE not in str(refused.value)


def test_its_repr_shows_ids_only() -> None:
    assert repr(Keyring.parse(f"one:{ONE}")) == "Keyring(one)"
