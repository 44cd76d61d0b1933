"""What a municipality decides for itself, read from its `kommune.toml`."""

from __future__ import annotations

from afsaet.municipality.mistakes import MunicipalityFault
from afsaet.municipality.municipality import FILE, Municipality
from afsaet.municipality.profile import Deadlines, Happening, Need, Profile, Step
from afsaet.municipality.tables import Mail, Retention
from afsaet.municipality.values import ProfileName, Table

__all__ = [
    "FILE", "Deadlines", "Happening", "Mail", "Municipality", "MunicipalityFault", "Need", "Profile", "ProfileName",
    "Retention", "Step", "Table",
]
