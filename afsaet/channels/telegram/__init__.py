"""Telegram: what is said as HTML and buttons, sent in order and at a pace Telegram accepts."""

import os

# python-telegram-bot warns at every flood limit unless durations are asked for as `timedelta`, which is
# what its next major version gives. It reads this when the error is made, so it is set before any can be.
os.environ.setdefault("PTB_TIMEDELTA", "1")
