"""What the terminal's environment asks for, settled before Textual is imported (it reads it while being imported)."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

_MOTION = {"full": "full", "reduced": "basic", "none": "none"}


def prepare(environ: MutableMapping[str, str], motion: str = "full") -> None:
    """Takes out Textual's debugging switches, some of which copy the screen elsewhere, and sets ours."""
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]
    if wants_plain_colours(environ):
        environ["TEXTUAL_THEME"] = "ansi-dark"
    environ["TEXTUAL_ANIMATIONS"] = _MOTION.get(motion, "full")


def wants_plain_colours(environ: Mapping[str, str]) -> bool:
    """NO_COLOR (with any value but nothing), the Linux console and old terminals have their own sixteen colours."""
    term = environ.get("TERM", "")
    return bool(environ.get("NO_COLOR")) or term == "linux" or term.startswith("vt")
