"""Identity across files: time-ordered uids, and uids derived from content."""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid

_MILLISECONDS_SHIFT = 80
_RANDOM_BITS = 74


def uuid7() -> uuid.UUID:
    """Return a new time-ordered uid (RFC 9562, version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    noise = secrets.randbits(_RANDOM_BITS)
    low = noise & ((1 << 62) - 1)
    return uuid.UUID(
        int=(milliseconds << _MILLISECONDS_SHIFT)
        | (7 << 76)
        | ((noise >> 62) << 64)
        | (2 << 62)
        | low
    )


def derived_uid(*parts: object) -> uuid.UUID:
    """Return the uid that belongs to this content: the same parts give the same uid anywhere (version 8)."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()[:16]
    number = int.from_bytes(digest, "big")
    number = (number & ~(0xF << 76)) | (8 << 76)
    number = (number & ~(0x3 << 62)) | (2 << 62)
    return uuid.UUID(int=number)
