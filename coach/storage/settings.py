"""config.toml: read key by key, so that one bad line costs one key; written keeping every other line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import Any

from coach.codec import Malformed, decode, encode
from coach.domain.settings import Settings
from coach.storage import disk

LONGEST = 256_000


def read_settings(path: str) -> tuple[Settings, list[str]]:
    """The settings, and a sentence for each thing in the file that could not be used."""
    try:
        data = tomllib.loads(disk.read(path, most=LONGEST).decode("utf-8-sig"))
    except OSError as error:
        return Settings(), [f"{path}: could not be read ({error.strerror}). coach goes on with its own settings."]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Settings(), [f"{path}: {error}. Mend it, or delete the file; coach goes on with its own settings."]
    known = {field.name for field in fields(Settings)}
    good: dict[str, Any] = {}
    problems = []
    for key, value in data.items():
        if key not in known:
            problems.append(f"{path}: unknown key {key!r}. It was passed over; Settings ( , ) shows the right ones.")
            continue
        try:
            decode(Settings, {key: value})
        except Malformed as error:
            problems.append(f"{path}: {error}. It was passed over.")
        else:
            good[key] = value
    return decode(Settings, good), problems


def write_settings(path: str, changes: dict[str, Any]) -> None:
    """Puts these keys into the file; comments and keys coach does not know stay as they are."""
    text = disk.read(path, most=LONGEST).decode("utf-8-sig", "replace")
    for key, value in changes.items():
        text = _with_table(text, key, value) if isinstance(value, dict) else _with_key(text, key, value)
    tomllib.loads(text)  # never replace a readable file by an unreadable one
    disk.replace(path, text.encode())


def _with_key(text: str, key: str, value: Any) -> str:
    line = f"{key} = {_toml(encode(value))}"
    head, tables = _split(text)
    pattern = re.compile(rf"^{re.escape(key)}\s*=.*$", re.MULTILINE)
    if pattern.search(head):
        return pattern.sub(lambda _: line, head, count=1) + tables
    return head + ("" if not head or head.endswith("\n") else "\n") + line + "\n" + tables


def _with_table(text: str, key: str, table: dict[str, Any]) -> str:
    body = "".join(f"{name} = {_toml(value)}\n" for name, value in table.items())
    without = re.sub(rf"^\[{re.escape(key)}\]\n(?:(?!\[).*\n?)*", "", text, flags=re.MULTILINE)
    return without + ("" if not without or without.endswith("\n") else "\n") + (f"[{key}]\n{body}" if body else "")


def _split(text: str) -> tuple[str, str]:
    """Top-level keys, and from the first table on."""
    found = re.search(r"^\[", text, re.MULTILINE)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
