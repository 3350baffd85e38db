"""A cursor over one parameter of the query string, with the names and quoted values that all parameters share."""

from __future__ import annotations

from typing import NoReturn

from supabase_local.rest.errors import parse_error

IDENTIFIER_SIGNS = "_ $"


class Scanner:
    """Reads ``text`` from left to right; ``what`` names the parameter in error messages."""

    def __init__(self, what: str, text: str) -> None:
        self.what = what
        self.text = text
        self.position = 0

    def fail(self, expecting: str) -> NoReturn:
        """Raise PGRST100 for the current position."""
        found = self.text[self.position : self.position + 1]
        unexpected = f'unexpected "{found}"' if found else "unexpected end of input"
        raise parse_error(self.what, self.text, self.position, f"{unexpected} expecting {expecting}")

    def at_end(self) -> bool:
        """Say whether all text is read."""
        return self.position >= len(self.text)

    def peek(self) -> str:
        """Return the next character, or an empty string at the end."""
        return self.text[self.position : self.position + 1]

    def looking_at(self, word: str) -> bool:
        """Say whether ``word`` comes next."""
        return self.text.startswith(word, self.position)

    def accept(self, word: str) -> bool:
        """Read ``word`` if it comes next."""
        if not self.looking_at(word):
            return False
        self.position += len(word)
        return True

    def expect(self, word: str) -> None:
        """Read ``word`` or fail."""
        if not self.accept(word):
            self.fail(f'"{word}"')

    def expect_end(self) -> None:
        """Fail unless all text is read."""
        if not self.at_end():
            self.fail("end of input")

    def skip_blanks(self) -> None:
        """Read spaces and tabs."""
        while self.peek() in (" ", "\t"):
            self.position += 1

    def take_until(self, stops: str) -> str:
        """Read up to the first character of ``stops``, or to the end."""
        start = self.position
        while not self.at_end() and self.text[self.position] not in stops:
            self.position += 1
        return self.text[start : self.position]

    def rest(self) -> str:
        """Read everything that is left."""
        start, self.position = self.position, len(self.text)
        return self.text[start:]

    def identifier(self, expecting: str = "letter or digit") -> str:
        """Read letters, digits, ``_``, ``$`` and inner spaces."""
        start = self.position
        while (sign := self.peek()) and (sign.isalnum() or sign in IDENTIFIER_SIGNS):
            self.position += 1
        name = self.text[start : self.position].strip()
        if not name:
            self.position = start
            self.fail(expecting)
        return name

    def name(self) -> str:
        """Read a name: quoted, or identifiers joined by dashes (a dash of ``->`` is not part of it)."""
        if self.peek() == '"':
            return self.quoted()
        parts = [self.identifier("field name (* or [a..z0..9_$])")]
        while self.peek() == "-" and not self.looking_at("->"):
            self.position += 1
            parts.append(self.identifier())
        return "-".join(parts)

    def quoted(self) -> str:
        """Read a value in double quotes; a backslash takes the next character as it is."""
        self.expect('"')
        signs: list[str] = []
        while (sign := self.peek()) != '"':
            if sign == "\\":
                self.position += 1
                sign = self.peek()
            if not sign:
                self.fail('"\\""')
            signs.append(sign)
            self.position += 1
        self.position += 1
        return "".join(signs)

    def quoted_before(self, stops: str) -> str | None:
        """Read a quoted value that is followed by one of ``stops`` or the end; else read nothing."""
        start = self.position
        if self.peek() != '"' or self.text.find('"', start + 1) < 0:
            return None
        closing = self._closing_quote()
        if closing is None or (closing + 1 < len(self.text) and self.text[closing + 1] not in stops):
            return None
        return self.quoted()

    def _closing_quote(self) -> int | None:
        index = self.position + 1
        while index < len(self.text):
            if self.text[index] == '"':
                return index
            index += 2 if self.text[index] == "\\" else 1
        return None
