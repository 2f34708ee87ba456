"""Text that tries to be something else: markup, an action, an escape sequence, a variable, another direction."""

from __future__ import annotations

HOSTILE = (
    "[/x]",
    "[TODO] plan",
    "[@click=app.quit]press[/]",
    "$a [b",
    "[[x]] ends \\",
    "\x1b]52;c;SGVsbG8=\x07\x1b[2J",
    "\x9b31mred\x07",
    "left \u202eright\u2066",
    "a\tb\nc\r\nd",
    "\U0001fac1\u200b\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "漢字" * 60,
    "e" + "\u0301" * 40,
)
FORBIDDEN = frozenset("\x1b\x9b\x07\u202e\u2066\u200b\r")


def is_harmless(shown: str) -> bool:
    """No control character and nothing that turns text around."""
    return not FORBIDDEN & set(shown)
