from __future__ import annotations

import stat
from contextlib import closing
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import segno
import time_machine

from afsaet.flows.inputs import Tap
from afsaet.store import erasure, invitations
from tests.cli.program import Afsaet
from tests.fake_telegram import FakeTelegram


def outcome(afsaet: Afsaet, code: str) -> str:
    with closing(afsaet.database()) as database, database.read() as tx:
        return invitations.look_up(tx, code, datetime.now(UTC)).outcome


def test_an_invitation_has_a_code_a_link_and_an_end(people: Afsaet, telegram: FakeTelegram) -> None:
    citizen = people.citizen()
    with time_machine.travel("2026-10-01T08:00:00+00:00", tick=False):
        made = people.json("citizen", "invite", citizen)
    name = telegram.world.bot["username"]
    assert made == {"id": citizen, "code": made["code"], "telegram": f"https://t.me/{name}?start={made['code']}",
                    "page": None, "expires_at": "2026-10-31T09:00:00+01:00"}


def test_without_a_token_there_is_a_code_and_no_link(people: Afsaet) -> None:
    citizen = people.citizen()
    made = people.json("citizen", "invite", citizen)
    assert made["telegram"] is None
    said = people("citizen", "invite", citizen)
    assert "Code:" in said.out
    assert "AFSAET_TELEGRAM_TOKEN" in said.err
    assert not said.err.count("\n") > 1


def test_a_new_invitation_revokes_the_older(people: Afsaet) -> None:
    citizen = people.citizen()
    first, second = (people.json("citizen", "invite", citizen)["code"] for _ in range(2))
    assert (outcome(people, first), outcome(people, second)) == ("revoked", "open")


def test_the_code_is_good_for_one_yes(people: Afsaet) -> None:
    citizen = people.citizen()
    code = people.json("citizen", "invite", citizen)["code"]
    people.comes("111", Tap(f"w.yes.{code}", 0))
    assert people.json("citizen", "show", citizen)["joined_at"] is not None
    assert outcome(people, code) == "used"


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_unwilling_telegram_costs_only_the_link(people: Afsaet, telegram: FakeTelegram, status: int) -> None:
    telegram.fail("getMe", status)
    said = people("citizen", "invite", people.citizen())
    assert "Code:" in said.out
    assert "t.me" not in said.out
    assert telegram.token not in said.out + said.err
    assert ("AFSAET_TELEGRAM_TOKEN" in said.err) == (status != 500)


def test_a_telegram_out_of_reach_costs_only_the_link(
    people: Afsaet, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFSAET_TELEGRAM_API_URL", "http://127.0.0.1:9")
    made = people.json("citizen", "invite", people.citizen())
    assert made["telegram"] is None
    assert made["code"]


def test_the_link_is_drawn_as_svg(people: Afsaet, telegram: FakeTelegram) -> None:
    file = people.folder / "kirsten.svg"
    file.touch(0o644)
    link = people.json("citizen", "invite", people.citizen(), "--qr", file)["telegram"]
    assert ElementTree.fromstring(file.read_bytes()).tag.endswith("svg")
    again = people.folder / "again.svg"
    segno.make(link, micro=False).save(str(again), scale=8)
    assert file.read_bytes() == again.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600  # whoever opens an invitation is the citizen


def test_the_link_is_drawn_as_png(people: Afsaet, telegram: FakeTelegram) -> None:
    file = people.folder / "kirsten.PNG"
    assert str(file) in people("citizen", "invite", people.citizen(), "--qr", file).out
    assert file.read_bytes().startswith(b"\x89PNG")


def test_without_a_link_nothing_is_drawn_and_the_older_code_stays_good(people: Afsaet) -> None:
    citizen = people.citizen()
    code = people.json("citizen", "invite", citizen)["code"]
    said = people("citizen", "invite", citizen, "--qr", "kirsten.svg", code=1)
    assert "no link" in said.err
    assert outcome(people, code) == "open"
    assert not (people.folder / "kirsten.svg").exists()


def test_a_drawing_that_cannot_be_written_leaves_the_older_code_good(people: Afsaet, telegram: FakeTelegram) -> None:
    citizen = people.citizen()
    code = people.json("citizen", "invite", citizen)["code"]
    (people.folder / "kirsten.svg").symlink_to("/dev/full")
    said = people("citizen", "invite", citizen, "--qr", "kirsten.svg", code=1)
    assert "cannot be written" in said.err and "No invitation was made" in said.err
    assert outcome(people, code) == "open"


@pytest.mark.parametrize("file", ["kirsten.pdf", "kirsten", "no-such-folder/kirsten.svg"])
def test_a_file_that_cannot_be_drawn_is_wrong_usage(people: Afsaet, telegram: FakeTelegram, file: str) -> None:
    people("citizen", "invite", people.citizen(), "--qr", file, code=2)


def test_nobody_is_invited_who_is_not_there(people: Afsaet) -> None:
    assert "no citizen with that id" in people("citizen", "invite", "nobody", code=1).err


def test_one_who_has_deleted_all_can_be_invited_again_under_a_name(people: Afsaet) -> None:
    citizen = people.citizen()
    people.joins(citizen)
    with closing(people.database()) as database, database.write() as tx:
        erasure.forget(tx, citizen, datetime.now(UTC))
    assert people.json("citizen", "show", citizen)["name"] is None
    people("citizen", "invite", citizen, "--name", "Kirsten Lund")
    assert people.json("citizen", "show", citizen)["name"] == "Kirsten Lund"
