"""Where the files shipped with coach are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def themes_dir() -> Path:
    """A wheel carries the themes inside the package; a checkout keeps them beside it."""
    packaged = _PACKAGE / "themes"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "themes"


def content_dir() -> Path:
    """The packs shipped with coach."""
    return _PACKAGE / "content"
