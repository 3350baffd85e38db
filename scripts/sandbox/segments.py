"""How many segments a text takes on the air (3GPP TS 23.038): 160 or 153 characters of GSM-7, 70 or 67 of UCS-2."""

import math

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = set("^{}\\[~]|€\f")  # an escape and a character: two places


def count_segments(body: str) -> int:
    """Return the number of segments, at least 1."""
    if set(body) <= _BASIC | _EXTENDED:
        return _parts(sum(2 if character in _EXTENDED else 1 for character in body), single=160, joined=153)
    return _parts(len(body.encode("utf-16-be", "surrogatepass")) // 2, single=70, joined=67)


def _parts(length: int, *, single: int, joined: int) -> int:
    return 1 if length <= single else math.ceil(length / joined)
