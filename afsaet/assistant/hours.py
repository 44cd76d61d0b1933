"""When a message nobody asked for may be sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from afsaet.municipality import Municipality


def waking_hours(moment: datetime, municipality: Municipality) -> datetime:
    """That moment, or the next one at which an unasked message may be sent."""
    local, quiet = moment.astimezone(municipality.zone), municipality.quiet_hours
    while True:
        at = local.time()
        if local.weekday() >= 5 and not municipality.weekends:
            local = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), municipality.zone)
        elif quiet.start <= at < quiet.end or (quiet.end < quiet.start and (at >= quiet.start or at < quiet.end)):
            day = local.date() if at < quiet.end else local.date() + timedelta(days=1)
            local = datetime.combine(day, quiet.end, municipality.zone)
        else:
            return local
