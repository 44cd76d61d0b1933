"""Days as people write them, read; and days and times as they are written back."""

from afsaet.flows.dates.found import Unclear
from afsaet.flows.dates.reading import read_date
from afsaet.flows.dates.writing import danish_date, danish_moment, danish_time

__all__ = ["Unclear", "danish_date", "danish_moment", "danish_time", "read_date"]
