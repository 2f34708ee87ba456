"""Coach at a moment of one's choosing, as the tests of the services have it."""

from __future__ import annotations

from tests.services.conftest import coach, watch

__all__ = ["coach", "watch"]
