"""The checksum of everything the store writes."""

from __future__ import annotations

from _blake2 import blake2b  # hashlib would load OpenSSL first, 2 ms of every one-shot command


def digest(data: bytes, size: int = 8, person: bytes = b"") -> str:
    """Hexadecimal BLAKE2b of `size` bytes; 8 of them, 64 bits, notice every flipped or torn line."""
    return blake2b(data, digest_size=size, person=person).hexdigest()
