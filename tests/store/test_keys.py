import base64
import json
import stat

import pytest

from afsaet.store import keyfile
from afsaet.store.faults import KeyFault
from afsaet.store.keys import Keys
from afsaet.store.sealing import Box, place

HERE = place("citizens", "draft_key", "abc")


@pytest.fixture
def keys(tmp_path):
    return Keys(tmp_path / "key", keyfile.create(tmp_path / "key"))


def test_a_sealed_value_opens_where_it_was_sealed_and_nowhere_else():
    box = Box(bytes(32))
    sealed = box.seal({"text": "Ærlig talt", "n": [1, None]}, place("answers", "answer", "a", "b"))
    assert box.open(sealed, place("answers", "answer", "a", "b")) == {"text": "Ærlig talt", "n": [1, None]}
    for elsewhere in (place("answers", "answer", "a", "c"), place("versions", "snapshot", "a", "b")):
        with pytest.raises(KeyFault, match="does not open"):
            box.open(sealed, elsewhere)
    with pytest.raises(KeyFault, match=r"answers\.answer"):
        box.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), place("answers", "answer", "a", "b"))


def test_the_same_value_never_looks_the_same_twice():
    box = Box(bytes(32))
    assert box.seal("x", HERE) != box.seal("x", HERE)


def test_a_data_key_begins_with_its_master_keys_id_and_opens_for_its_row_only(keys):
    wrapped, box = keys.new_data_key(keys.newest, HERE)
    assert wrapped.startswith(keys.newest)
    assert keys.opened(wrapped, HERE).open(box.seal("x", HERE), HERE) == "x"
    with pytest.raises(KeyFault, match="A key kept in citizens does not open"):
        keys.opened(wrapped, place("citizens", "draft_key", "other"))


def test_the_key_file_is_for_its_owner_alone_and_is_read_back(tmp_path):
    made = keyfile.create(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert keyfile.read(tmp_path / "key") == made
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_key_file_that_another_process_has_just_made_is_taken_over(tmp_path):
    theirs = keyfile.create(tmp_path / "key")
    assert keyfile.create(tmp_path / "key") == theirs


def test_a_key_file_that_cannot_be_written_is_a_plain_fault(tmp_path):
    with pytest.raises(KeyFault, match="cannot be written"):
        keyfile.create(tmp_path / "no-such-folder" / "key")


def test_a_hash_differs_by_kind_and_by_key_file(keys, tmp_path):
    other = Keys(tmp_path / "other", keyfile.create(tmp_path / "other"))
    assert keys.lookup("email", "a") == keys.lookup("email", "a")
    assert len({keys.lookup("email", "a"), keys.lookup("code", "a"), other.lookup("email", "a")}) == 3


def test_a_master_key_that_came_later_is_found_by_reading_the_file_once_more(keys, monkeypatch):
    theirs = Keys.load(keys.path)
    old = keyfile.read(keys.path)
    keyfile.replace(keys.path, keyfile.KeyFile({**keyfile.new_master(), **old.masters}, old.lookup))
    keys.reload()
    wrapped, _ = keys.new_data_key(keys.newest, HERE)
    read, reads = keyfile.read, []
    monkeypatch.setattr(keyfile, "read", lambda path: reads.append(path) or read(path))
    for _ in range(3):
        theirs.opened(wrapped, HERE)
        theirs.forget_opened()
    assert reads == [keys.path]


def test_a_master_key_that_nobody_has_is_a_plain_fault(keys):
    with pytest.raises(KeyFault, match="lacks a master key"):
        keys.opened(bytes(80), HERE)


GOOD_KEY = base64.b64encode(bytes(32)).decode()
GOOD = {"format": keyfile.FORMAT, "masters": [{"id": "00" * 8, "key": GOOD_KEY}], "lookup": GOOD_KEY}


@pytest.mark.parametrize("content", [
    "", "not json", "[]", "{}",
    json.dumps({**GOOD, "format": "afsaet-keys-9"}),
    json.dumps({**GOOD, "masters": []}),
    json.dumps({**GOOD, "masters": [{"id": "00", "key": GOOD_KEY}]}),
    json.dumps({**GOOD, "masters": [{"id": "00" * 8, "key": GOOD_KEY[:-8]}]}),
    json.dumps({**GOOD, "lookup": "!!!!"}),
    json.dumps({**GOOD, "lookup": None}),
])
def test_a_garbled_key_file_is_told_without_showing_it_and_is_left_alone(tmp_path, content):
    path = tmp_path / "key"
    path.write_text(content)
    with pytest.raises(KeyFault, match="is garbled") as raised:
        keyfile.read(path)
    assert GOOD_KEY[:8] not in str(raised.value)
    assert path.read_text() == content


def test_a_key_file_that_is_no_text_or_no_file_is_told(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "key", tmp_path):
        with pytest.raises(KeyFault, match="cannot be read"):
            keyfile.read(path)
