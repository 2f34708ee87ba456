"""Everything a person has written, as one JSON text that needs no coach to be read."""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import Any

from coach.domain.errors import Refused
from coach.domain.text import harmless_json
from coach.storage import disk

FORMAT = 1


def export(tables: dict[str, dict[str, dict[str, Any]]], now: datetime) -> str:
    """All records of all tables, exactly as they are kept; what could steer a terminal is written as \\uXXXX."""
    whole = {"coach": FORMAT, "exported": now.isoformat(timespec="seconds"), "tables": tables}
    return harmless_json(json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)) + "\n"


def write_export(path: str, text: str) -> None:
    """A new private file; one that is there already is never replaced."""
    whole = os.path.abspath(path)
    if not os.path.isdir(folder := os.path.dirname(whole)):
        raise Refused(f"{folder} is not a folder that is there. Name a new file in one that is.")
    try:
        disk.create(whole, text.encode())
    except FileExistsError:
        raise Refused(f"{path} is there already. Name a new file; coach never writes over one.") from None
