"""What can happen to what is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changed:
    """Records of these tables are no longer what they were."""

    tables: frozenset[str]
    label: str = ""
