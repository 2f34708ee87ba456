"""Text on its way to a terminal or a pipe, and from standard input."""

from __future__ import annotations

import sys

from coach.domain.errors import Refused
from coach.domain.text import LONGEST, clean


def show(text: str) -> None:
    """Prints cleaned text; what the terminal's encoding cannot show becomes a question mark."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    print(clean(text, LONGEST * 10).encode(encoding, "replace").decode(encoding))


def can_ask() -> bool:
    """Whether somebody sits at a terminal: a question can be read there, and answered."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str) -> str | None:
    """The answer on one line, without spaces around it; None at the end of input."""
    print(question, end="", file=sys.stderr, flush=True)
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        return "?"  # no answer to anything that is asked
    return line.strip() if line else None


def read_text(request: str, *, exact: bool = False) -> str:
    """What is typed or piped in, up to its end; Refused when standard input is closed or holds too much.

    What is no UTF-8 is kept with signs in its place, so that no writing is lost; `exact` refuses it instead.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise Refused("Standard input is closed, so there is nothing to read. Type the text, or pipe it in.")
    if can_ask():
        print(request, file=sys.stderr)
    try:
        data = sys.stdin.buffer.read(LONGEST * 4 + 1)
    except (OSError, ValueError):
        raise Refused("Standard input cannot be read. Type the text, or pipe it in.") from None
    try:
        text = data.decode("utf-8", "strict" if exact else "replace")
    except UnicodeDecodeError:
        raise Refused("That is not UTF-8 text. Save it as UTF-8 and try again; nothing was kept.") from None
    if len(text) > LONGEST:
        raise Refused(f"That is longer than {LONGEST} characters. Split it into smaller pieces; nothing was kept.")
    return text
