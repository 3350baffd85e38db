"""Splitting a file of SQL into statements as the official CLI does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
      (?P<comment> --[^\n]* )
    | (?P<block> /\* )
    | (?P<quote> (?<![\w$]) [eE] '(?: [^'\\] | '' | \\. )*' | '(?: [^'] | '' )*' | "(?: [^"] | "" )*" )
    | (?P<dollar> (?<![\w$]) \$ (?P<tag> [^\W\d]\w* )? \$ )
    | (?P<word> [^\W\d][\w$]* )
    | (?P<sign> [();] )
    """,
    re.VERBOSE | re.DOTALL,
)
BLOCK_EDGE = re.compile(r"/\*|\*/")


@dataclass(frozen=True)
class Statement:
    """One statement of a file, without its semicolon and the white space around it; comments before it belong to it."""

    text: str
    line: int
    """Line of the file, counted from 1, on which ``text`` begins."""

    @property
    def code_offset(self) -> int:
        """Where in ``text`` the SQL begins, behind the comments that precede it."""
        position = 0
        while (token := TOKEN.match(self.text, position)) and (token["comment"] or token["block"]):
            position = _token_end(self.text, token)
            position += len(self.text[position:]) - len(self.text[position:].lstrip())
        return position


def split_statements(sql: str) -> list[Statement]:
    """Split at the semicolons that end statements: not those in quotes, comments, brackets or a body BEGIN ATOMIC."""
    statements = []
    start = 0
    for end in [*_statement_ends(sql), len(sql)]:
        part = sql[start:end].rstrip(";")
        if text := part.strip():
            first = start + len(part) - len(part.lstrip())
            statements.append(Statement(text, sql.count("\n", 0, first) + 1))
        start = end
    return statements


def _statement_ends(sql: str) -> Iterator[int]:
    """Yield the position behind each semicolon that ends a statement."""
    position, brackets, ends_awaited = 0, 0, 0
    previous = ""
    while token := TOKEN.search(sql, position):
        position = _token_end(sql, token)
        word = token[0].lower()
        if token["word"]:
            if word == "atomic" and previous == "begin":
                ends_awaited = 1
            elif ends_awaited:
                ends_awaited += (word == "case") - (word == "end")
            previous = word
        elif token["sign"]:
            brackets += (word == "(") - (word == ")")
            if word == ";" and brackets <= 0 and not ends_awaited:
                brackets = 0
                yield position


def _token_end(sql: str, token: re.Match[str]) -> int:
    if token["dollar"]:
        close = sql.find(token["dollar"], token.end())
        return len(sql) if close < 0 else close + len(token["dollar"])
    if token["block"]:
        return _block_comment_end(sql, token.end())
    return token.end()


def _block_comment_end(sql: str, position: int) -> int:
    """Return the position behind a block comment that was opened before ``position``; such comments nest."""
    depth = 1
    while depth and (edge := BLOCK_EDGE.search(sql, position)):
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return position if depth == 0 else len(sql)
