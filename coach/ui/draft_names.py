"""The name under which half-typed words are kept: the form's and the record's, in signs that every disk takes."""

from __future__ import annotations

import re
from zlib import crc32

LONGEST = 80
"""Characters of a name."""
_ODD = re.compile(r"[^a-z0-9-]")


def draft_name(*parts: str) -> str:
    """Words of one record are never offered in the form of another, whatever signs another program gave their ids."""
    whole = "-".join(parts)
    plain = _ODD.sub("-", whole.lower())
    if plain == whole and len(whole) <= LONGEST:
        return whole
    told_apart = f"-{crc32(whole.encode('utf-8', 'surrogatepass')):08x}"
    return plain[: LONGEST - len(told_apart)] + told_apart
