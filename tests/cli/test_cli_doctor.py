from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from afsaet.cli.faults import FAULT
from afsaet.store import citizens, rotation, timers, updates
from tests.cli.program import Afsaet
from tests.fake_telegram import FakeTelegram

Write = Callable[[str], Path]


def states(afsaet: Afsaet, code: int = 0) -> dict[str, str]:
    return {item["check"]: item["state"] for item in afsaet.json("doctor", code=code)["items"]}


def text_of(afsaet: Afsaet, check: str, code: int = 0) -> str:
    return "".join(item["text"] for item in afsaet.json("doctor", code=code)["items"] if item["check"] == check)


@pytest.fixture
def mail_port() -> Iterator[int]:
    """A mail server that takes everything and offers neither encryption nor sign-in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


def test_everything_in_order_is_told_line_by_line(
    people: Afsaet, telegram: FakeTelegram, municipality: Write, mail_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFSAET_CHANNEL_POLICY", "open")
    municipality(f'[crisis]\nchecked = {datetime.now(UTC).date()}\n[mail]\nhost = "127.0.0.1"\nport = {mail_port}\n'
                 'tls = "none"\nfrom = "afsaet@kommune.dk"\n')
    found = states(people)
    assert set(found.values()) == {"ok"}
    assert list(found) == ["settings", "key", "database", "updates", "timers", "citizens", "municipality", "crisis", "mail",
                           "dialogues", "policy", "telegram", "webhook"]
    lines = people("doctor").out.splitlines()
    assert lines[0] == "State\tCheck\tFinding"
    assert len(lines) == len(found) + 1


def test_warnings_alone_are_no_fault(people: Afsaet) -> None:
    found = states(people)
    assert (found["municipality"], found["crisis"], found["telegram"]) == ("warning", "warning", "warning")


def test_without_settings_nothing_else_is_looked_at(people: Afsaet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFSAET_TELEGRAM_MODE", "letters")
    assert states(people, FAULT) == {"settings": "fault"}


def test_a_missing_key_is_a_fault_and_the_rest_is_still_looked_at(people: Afsaet) -> None:
    (people.folder / "data" / "key").unlink()
    found = states(people, FAULT)
    assert found["key"] == "fault"
    assert "database" not in found
    assert found["dialogues"] == "ok"


def test_a_change_of_the_master_key_that_was_stopped_is_a_warning(
    people: Afsaet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, closing(people.database()) as database, pytest.raises(KeyboardInterrupt):
        patch.setattr(rotation, "_rewrap", stopped)
        rotation.rotate(database)
    assert "`afsaet keys rotate`" in json.dumps(people.json("doctor"))
    assert "has not ended" in people("db", "backup", "all.zip", code=FAULT).err
    people("keys", "rotate")
    assert "`afsaet keys rotate`" not in json.dumps(people.json("doctor"))
    people("db", "backup", "all.zip")


def test_a_key_that_others_may_read_is_a_warning(people: Afsaet) -> None:
    (people.folder / "data" / "key").chmod(0o644)
    assert "chmod 600" in text_of(people, "key")


def test_a_file_that_is_no_database_is_a_fault(people: Afsaet) -> None:
    (people.folder / "data" / "afsaet.sqlite3").write_text("not a database, but long enough to be looked at " * 50)
    assert states(people, FAULT)["database"] == "fault"


def test_a_damaged_database_is_a_fault(people: Afsaet) -> None:
    file = people.folder / "data" / "afsaet.sqlite3"
    with closing(sqlite3.connect(file)) as conn:
        page = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_tasks_citizen_id'").fetchone()
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as raw:
        raw.seek((page[0] - 1) * size)
        raw.write(os.urandom(size))
    assert "restore a backup" in text_of(people, "database", FAULT)


def test_a_database_that_can_only_be_read_is_a_fault_and_nobody_is_served(people: Afsaet) -> None:
    """The user of these tests may write any file, so the file itself says that this SQLite may not write it."""
    with (people.folder / "data" / "afsaet.sqlite3").open("r+b") as file:
        file.seek(18)
        file.write(b"\x7f")
    assert "cannot be written" in text_of(people, "database", FAULT)
    assert "cannot be written" in people("run", code=FAULT).err


def test_a_value_moved_to_another_row_is_a_fault(people: Afsaet) -> None:
    first, second = people.citizen("Kirsten"), people.citizen("Bo")
    with closing(sqlite3.connect(people.folder / "data" / "afsaet.sqlite3")) as conn, conn:
        other = conn.execute("SELECT name FROM citizens WHERE id = ?", [first]).fetchone()[0]
        conn.execute("UPDATE citizens SET name = ? WHERE id = ?", [other, second])
    assert "citizens.name" in text_of(people, "database", FAULT)


def test_what_should_have_been_sent_long_ago_is_counted(people: Afsaet) -> None:
    citizen = people.citizen()
    with closing(people.database()) as database, database.write() as tx:
        for ago in (30, 90):
            timers.plan(tx, citizen, "reminder", "m1", 0, [(ago, datetime.now(UTC) - timedelta(minutes=ago))])
    assert "ago: 1." in text_of(people, "timers")


def test_updates_set_aside_and_citizens_out_of_reach_are_counted(people: Afsaet) -> None:
    citizen = people.citizen()
    with closing(people.database()) as database, database.write() as tx:
        citizens.set_reachable(tx, citizen, False)
        updates.set_aside(tx, 7, 1, datetime.now(UTC), kind="message", error="KeyError")
    found = states(people)
    assert (found["updates"], found["citizens"]) == ("warning", "warning")
    assert "1 (message: KeyError)" in text_of(people, "updates")
    assert "chat: 1" in text_of(people, "citizens")
    assert "Kirsten" not in people("doctor").out


@pytest.mark.parametrize(("days", "state"), [(0, "ok"), (179, "ok"), (181, "warning"), (-2, "warning")])
def test_crisis_numbers_are_to_be_checked_twice_a_year_and_not_on_a_day_to_come(
    people: Afsaet, municipality: Write, days: int, state: str
) -> None:
    municipality(f"[crisis]\nchecked = {datetime.now(UTC).date() - timedelta(days=days)}\n")
    assert states(people)["crisis"] == state


def test_mistakes_in_kommune_toml_and_dialogues_are_faults_each(people: Afsaet, municipality: Write) -> None:
    folder = municipality("nme = 'x'\ninvite_days = 0\n")
    (folder / "dialogues").mkdir()
    (folder / "dialogues" / "eget.yaml").write_text("id: eget\n")
    found = people.json("doctor", code=FAULT)["items"]
    assert sum(item["check"] == "municipality" and item["state"] == "fault" for item in found) == 2
    assert sum(item["check"] == "dialogues" and item["state"] == "fault" for item in found) > 1
    people("doctor", code=FAULT)


@pytest.mark.parametrize(("policy", "state"), [("", "fault"), ("safe", "warning"), ("open", "ok")])
def test_the_channel_policy_is_to_be_chosen(
    people: Afsaet, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, policy: str, state: str
) -> None:
    monkeypatch.setenv("AFSAET_CHANNEL_POLICY", policy)
    found = json.loads(people("doctor", "--json", code=FAULT if state == "fault" else 0).out)["items"]
    item = next(item for item in found if item["check"] == "policy")
    assert item["state"] == state
    assert ("are not asked" in item["text"]) == (policy == "safe")


@pytest.fixture
def chosen(people: Afsaet, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> Afsaet:
    monkeypatch.setenv("AFSAET_CHANNEL_POLICY", "open")
    return people


def test_a_token_telegram_does_not_know_is_a_fault(chosen: Afsaet, telegram: FakeTelegram) -> None:
    telegram.fail("getMe", 401)
    assert "AFSAET_TELEGRAM_TOKEN" in text_of(chosen, "telegram", FAULT)


def test_no_way_to_telegram_is_a_fault(chosen: Afsaet, telegram: FakeTelegram) -> None:
    telegram.stop()
    assert "cannot be reached" in text_of(chosen, "telegram", FAULT)
    assert "AFSAET_TELEGRAM_API_URL" in text_of(chosen, "telegram", FAULT)


def test_a_telegram_that_fails_is_a_warning(chosen: Afsaet, telegram: FakeTelegram) -> None:
    telegram.fail("getMe", 502)
    assert states(chosen)["telegram"] == "warning"


@pytest.mark.parametrize(("status", "code", "words"), [
    (403, FAULT, "in Telegram's place"), (200, FAULT, "in Telegram's place"), (502, 0, "Try again in a moment"),
])
def test_a_page_in_telegrams_place_is_told_as_what_it_is(
    chosen: Afsaet, telegram: FakeTelegram, status: int, code: int, words: str
) -> None:
    telegram.intercept("getMe", status, b"<html>Blocked</html>")
    assert words in text_of(chosen, "telegram", code)


def test_a_webhook_where_polling_is_set_is_a_warning_and_the_reverse(
    chosen: Afsaet, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.world.webhook.url = "https://afsaet.kommune.dk/telegram"
    assert "AFSAET_TELEGRAM_MODE is polling" in text_of(chosen, "webhook")
    assert states(chosen)["webhook"] == "warning"
    monkeypatch.setenv("AFSAET_TELEGRAM_MODE", "webhook")
    monkeypatch.setenv("AFSAET_PUBLIC_URL", "https://afsaet.kommune.dk")
    assert states(chosen)["webhook"] == "ok"
    monkeypatch.setenv("AFSAET_PUBLIC_URL", "https://andet.kommune.dk")
    assert "another address" in text_of(chosen, "webhook")
    telegram.world.webhook.url = ""
    assert "No webhook" in text_of(chosen, "webhook")


def mail(port: int, **more: str) -> str:
    settings = {"host": "127.0.0.1", "tls": "none", "from": "afsaet@kommune.dk", **more}
    return f"[mail]\nport = {port}\n" + "".join(f'{key} = "{value}"\n' for key, value in settings.items())


def test_a_mail_server_that_is_down_is_a_warning(people: Afsaet, municipality: Write) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        municipality(mail(closed.getsockname()[1]))
        assert states(people)["mail"] == "warning"


def test_a_mail_server_that_cannot_do_what_is_asked_is_a_fault(
    people: Afsaet, municipality: Write, mail_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    municipality(mail(mail_port, tls="starttls"))
    assert states(people, FAULT)["mail"] == "fault"
    municipality(mail(mail_port, user="afsaet"))
    assert "AFSAET_MAIL_PASSWORD" in text_of(people, "mail", FAULT)
    monkeypatch.setenv("AFSAET_MAIL_PASSWORD", "hemmelig")
    assert states(people, FAULT)["mail"] == "fault"
    assert "hemmelig" not in people("doctor", code=FAULT).out
