"""The buttons that lead between these pages."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button
from afsaet.flows.setting import Setting
from afsaet.measures.items import Measure
from afsaet.measures.showing import TITLES

HERE = "m.udvikling"


def to_development(setting: Setting) -> Button:
    return Button(setting.tr(_("Udvikling")), HERE)


def to_wheel(setting: Setting) -> Button:
    return Button(setting.tr(_("Mit hjul")), f"{HERE}.hjul")


def begin(measure: Measure, setting: Setting) -> Button:
    """Straight to the first question."""
    return Button(setting.tr(TITLES[measure]), f"{HERE}.begynd.{measure}")


def agreements(setting: Setting) -> Button:
    return Button(setting.tr(_("Mine aftaler")), f"{HERE}.aftale")


def urgent(setting: Setting) -> Button:
    return Button(setting.tr(_("Akut hjælp")), "m.akut")
