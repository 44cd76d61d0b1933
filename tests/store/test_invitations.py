from datetime import timedelta

import pytest

from afsaet.store import citizens, erasure, invitations
from afsaet.store.faults import UnknownCitizen
from afsaet.store.invitations import Invitation

from .conftest import NOW


def made(database, citizen_id, now=NOW, days=14):
    with database.write() as tx:
        return invitations.make(tx, citizen_id, now, days)


def outcome(database, code, now=NOW):
    with database.read() as tx:
        return invitations.look_up(tx, code, now).outcome


def test_a_new_code_leads_to_its_citizen_until_it_expires(database, cast):
    code = made(database, cast.maja)
    with database.read() as tx:
        assert invitations.look_up(tx, code, NOW) == Invitation("open", cast.maja, NOW + timedelta(days=14))
        assert citizens.get(tx, cast.maja).invited_at == NOW
    assert outcome(database, code, NOW + timedelta(days=14, microseconds=-1)) == "open"
    assert outcome(database, code, NOW + timedelta(days=14)) == "expired"


def test_a_code_may_be_typed_with_capitals_spaces_and_hyphens(database, cast):
    code = made(database, cast.maja)
    typed = f" {code[:4]}-{code[4:8]} {code[8:]}".upper()
    assert outcome(database, typed) == "open"


def test_a_code_nobody_made_is_unknown(database, cast):
    with database.read() as tx:
        assert invitations.look_up(tx, "aaaabbbbcccc", NOW) == Invitation("unknown")


def test_a_code_is_used_once_and_notes_when_the_citizen_joined(database, cast):
    code = made(database, cast.maja)
    later = NOW + timedelta(hours=1)
    with database.write() as tx:
        assert invitations.use(tx, code, later) == cast.maja
        assert invitations.use(tx, code, later) is None
    assert outcome(database, code) == "used"
    with database.read() as tx:
        assert citizens.get(tx, cast.maja).joined_at == later


def test_joining_again_with_a_new_code_keeps_the_first_day(database, cast):
    with database.write() as tx:
        invitations.use(tx, invitations.make(tx, cast.maja, NOW, 14), NOW)
        invitations.use(tx, invitations.make(tx, cast.maja, NOW, 14), NOW + timedelta(days=3))
    with database.read() as tx:
        assert citizens.get(tx, cast.maja).joined_at == NOW


def test_a_new_code_revokes_the_older_one_of_the_same_citizen_only(database, cast):
    older, others, newer = made(database, cast.maja), made(database, cast.omar), made(database, cast.maja)
    assert [outcome(database, code) for code in (older, others, newer)] == ["revoked", "open", "open"]
    with database.write() as tx:
        assert invitations.use(tx, older, NOW) is None


def test_an_expired_code_cannot_be_used(database, cast):
    code = made(database, cast.maja, days=1)
    with database.write() as tx:
        assert invitations.use(tx, code, NOW + timedelta(days=1)) is None


def test_two_phones_that_use_a_code_at_once_are_not_both_let_in(database, cast, at_once):
    code = made(database, cast.maja)

    def use(_):
        with database.write() as tx:
            return invitations.use(tx, code, NOW)

    let_in = at_once(4, use)
    assert (let_in.count(cast.maja), let_in.count(None)) == (1, 3)


def test_two_codes_made_at_once_leave_one_open(database, cast, at_once):
    codes = at_once(4, lambda _: made(database, cast.maja))
    assert sorted(outcome(database, code) for code in codes) == ["open", "revoked", "revoked", "revoked"]


def test_nobody_who_is_not_there_is_invited(database, cast):
    with database.write() as tx:
        erasure.erase(tx, cast.omar, NOW)
    with pytest.raises(UnknownCitizen):
        made(database, cast.omar)
