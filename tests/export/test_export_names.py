from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.export import file_name

Snapshot = dict[str, Any]

ANYTHING = st.text(st.characters(exclude_categories=()))


def test_it_has_the_day_and_the_reference(snapshot: Snapshot) -> None:
    assert file_name(snapshot, "pdf", "17") == "2026-12-01_forberedende-del_2026-1234.pdf"


def test_without_a_reference_it_has_the_id(snapshot: Snapshot) -> None:
    assert file_name(snapshot | {"reference": None}, "docx", "17") == "2026-12-01_forberedende-del_17.docx"


@pytest.mark.parametrize("reference", ["", "///", "..", "150684-1234", "sag 1506841234"])
def test_a_reference_that_cannot_stand_in_a_name_gives_way_to_the_id(snapshot: Snapshot, reference: str) -> None:
    assert file_name(snapshot | {"reference": reference}, "pdf", "17").endswith("_17.pdf")


@given(reference=ANYTHING | st.sampled_from(["../../etc/passwd", "..\\x", "C:\\x", "a\x00b"]))
def test_no_reference_leads_out_of_the_folder(reference: str) -> None:
    sent = {"dialogue": "forberedelse", "reference": reference, "sent_at": "2026-12-01T10:00:00+01:00"}
    name = file_name(sent, "pdf", "17")
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert name.startswith("2026-12-01_forberedende-del_")
    assert name.isprintable()
    assert len(name.encode()) < 200


def test_what_was_sent_before_a_meeting_has_the_name_of_its_dialogue(snapshot: Snapshot) -> None:
    sent = snapshot | {"dialogue": "moede_samtale"}
    assert file_name(sent, "pdf", "17") == "2026-12-01_moede_samtale_2026-1234.pdf"


def test_nothing_the_citizen_wrote_is_in_it(snapshot: Snapshot) -> None:
    changed = snapshot | {"title": "Hanne", "sections": []}
    assert file_name(changed, "pdf", "17") == file_name(snapshot, "pdf", "17")
