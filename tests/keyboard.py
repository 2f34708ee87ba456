"""The bytes a terminal sends for each key."""

from __future__ import annotations

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pgup": "\x1b[5~",
    "pgdn": "\x1b[6~",
    "delete": "\x1b[3~",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "enter": "\r",
    "esc": "\x1b",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "f1": "\x1bOP",
}


def key_bytes(key: str) -> bytes:
    """ "down", "ctrl+q", "alt+x", "text:any words", "paste:any words", or one character."""
    if key in KEYS:
        return KEYS[key].encode()
    if key.startswith("ctrl+"):
        return bytes([ord(key[-1].upper()) & 31])
    if key.startswith("alt+"):
        return b"\x1b" + key[4:].encode()
    kind, colon, words = key.partition(":")
    if colon and kind == "text":
        return words.encode()
    if colon and kind == "paste":
        return b"\x1b[200~" + words.encode() + b"\x1b[201~"
    if len(key) != 1:
        raise ValueError(f"{key!r} is no key; write text:{key} to type it")
    return key.encode()
