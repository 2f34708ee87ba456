"""What text may hold: nothing that steers a terminal, reorders a line or pretends to be markup's raw material."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 20_000
"""Characters kept of one free text; longer input is refused where it is typed, cut where it is read from a file."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")


def clean(text: str, longest: int = LONGEST) -> str:
    """The text without control, bidirectional and invisible characters, composed (NFC), at most `longest` characters.

    Newlines and tabs stay; a carriage return becomes a newline. Run on what is typed, imported and loaded.
    """
    text = text[: longest * 2].replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("", text))
    return _STACKED.sub(r"\1", text)[:longest]


def steers(text: str) -> bool:
    """Whether a name holds what it should not: a control, bidirectional or invisible character, or a second line."""
    if text.isascii() and text.isprintable():
        return False
    return "\n" in text or "\t" in text or _FORBIDDEN.search(text) is not None


def in_words(name: str) -> str:
    """A name from elsewhere, such as a file's, for a sentence: as it is, or quoted with every odd sign written out."""
    return ascii(name) if steers(name) else name


def harmless_json(text: str) -> str:
    """The same JSON value with everything that steers a terminal written as \\uXXXX, so that it comes back exactly."""
    return text if text.isascii() and text.isprintable() else _FORBIDDEN.sub(_as_escape, text)


def _as_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def one_line(text: str, longest: int = 500) -> str:
    """The cleaned text on one line, spaces folded: for titles and list words."""
    return " ".join(clean(text, longest).split())


def title_key(title: str) -> str:
    """What makes two titles the same: capitals and spaces make no difference."""
    return " ".join(title.casefold().split())
