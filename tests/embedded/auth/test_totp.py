"""Codes of authenticator apps by RFC 6238, and the QR code that brings the secret into the app."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from supabase_local.auth.factors import totp
from supabase_local.auth.factors.qr import svg_of
from supabase_local.auth.factors.qr.codewords import block_lengths, check_words, codewords_for, correction, module_count
from supabase_local.auth.factors.qr.masks import MASKS, best_masked
from supabase_local.auth.factors.qr.symbol import codeword_places, draw_symbol

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
FORMATS = {0b101010000010010: 0, 0b101000100100101: 1, 0b101111001111100: 2, 0b101101101001011: 3} | {
    0b100010111111001: 4, 0b100000011001110: 5, 0b100111110010111: 6, 0b100101010100000: 7,
}  # fmt: skip
"""The format bits of level M by their mask (table C.1 of ISO/IEC 18004)."""


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
        (2000000000, "279037"), (20000000000, "353130"),
    ],
)  # fmt: skip
def test_codes_are_those_of_the_rfc(moment: int, code: str) -> None:
    assert totp.code_at(RFC_SECRET, moment) == code


def test_the_neighbouring_periods_count_and_no_others() -> None:
    now = 1_700_000_010.0
    accepted = [
        shift for shift in range(-3, 4) if totp.is_valid(totp.code_at(RFC_SECRET, now + 30 * shift), RFC_SECRET, now)
    ]
    assert accepted == [-1, 0, 1]
    assert not totp.is_valid("é", RFC_SECRET, now)


def test_an_address_for_apps_names_issuer_and_account() -> None:
    uri = totp.provisioning_uri("ABC", "Field & Lite", "ann+x@example.com")
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Field%20%26%20Lite:ann%2Bx@example.com")
    assert parse_qs(parts.query) == {
        "algorithm": ["SHA1"], "digits": ["6"], "issuer": ["Field & Lite"], "period": ["30"], "secret": ["ABC"],
    }  # fmt: skip


def test_secrets_are_random_and_as_long_as_a_sha1() -> None:
    assert len(base64.b32decode(totp.new_secret())) == 20
    assert totp.new_secret() != totp.new_secret()


def read_back(modules: list[list[bool]], version: int) -> bytes:
    """Read a QR code as a scanner does: format, mask, codewords, blocks (which must be free of errors), bytes."""
    bits = [modules[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [modules[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    inverts = MASKS[FORMATS[int("".join(str(int(bit)) for bit in bits), 2)]]
    places = list(codeword_places(draw_symbol(version, b"")))[: module_count(version) // 8 * 8]
    stream = "".join(str(int(modules[y][x] ^ inverts(x, y))) for x, y in places)
    words = [int(stream[start : start + 8], 2) for start in range(0, len(stream), 8)]
    data = b"".join(blocks_of(words, version))
    digits = "".join(f"{word:08b}" for word in data)
    width = 8 if version < 10 else 16
    assert digits[:4] == "0100"
    length = int(digits[4 : 4 + width], 2)
    return bytes(int(digits[start : start + 8], 2) for start in range(4 + width, 4 + width + 8 * length, 8))


def blocks_of(words: list[int], version: int) -> list[bytes]:
    """Undo the interleaving and check each block."""
    lengths = block_lengths(version)
    blocks: list[list[int]] = [[] for _ in lengths]
    rest = iter(words)
    for place in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if place < length:
                block.append(next(rest))
    checks: list[list[int]] = [[] for _ in lengths]
    for _ in range(check_words(version)):
        for check in checks:
            check.append(next(rest))
    assert [correction(block, check_words(version)) for block in blocks] == [bytes(check) for check in checks]
    return [bytes(block) for block in blocks]


@pytest.mark.parametrize("length", [1, 14, 15, 100, 160, 300, 700])
def test_a_qr_code_reads_as_what_was_written(length: int) -> None:
    text = bytes(33 + number * 7 % 90 for number in range(length))
    version, codewords = codewords_for(text)
    assert read_back(best_masked(draw_symbol(version, codewords)), version) == text


def test_error_correction_is_that_of_the_standard() -> None:
    # The example of annex I: "01234567" in version 1-M.
    data = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11]
    assert correction(data, 10) == bytes([0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])


def test_the_image_has_a_quiet_zone_and_is_safe_in_a_data_address() -> None:
    image = svg_of("otpauth://totp/x")
    assert re.match(r'<svg xmlns="[^"]+" width="99" height="99" viewBox="0 0 99 99"><rect ', image)
    assert "M12 12h3" in image
    assert not set("#\n<script") <= set(image)
    with pytest.raises(ValueError, match="too long"):
        svg_of("x" * 2332)
