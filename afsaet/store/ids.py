"""Short random names that can be read aloud: no letter or digit that is mistaken for another."""

from __future__ import annotations

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_id(length: int = 10) -> str:
    """A random name; ten characters hold about 49 bits, twelve about 59."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
