"""Which ten digits can be a Danish personal number: the day of birth in them must be possible."""

from __future__ import annotations

from datetime import date


def possible(number: str, century: int | None = None) -> bool:
    """Whether ten digits can be a personal number, and one from that century if a century is given."""
    day, month, year = int(number[:2]), int(number[2:4]), _year(int(number[4:6]), int(number[6]))
    if century is not None and year // 100 != century:
        return False
    try:
        date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def _year(two_digits: int, seventh: int) -> int:
    """The full year, by the public table of seventh digits and centuries."""
    if seventh <= 3:
        return 1900 + two_digits
    if seventh in {4, 9}:
        return (2000 if two_digits <= 36 else 1900) + two_digits
    return (2000 if two_digits <= 57 else 1800) + two_digits
