from datetime import timedelta

from afsaet.store import consents, tasks
from afsaet.store.consents import Consent
from afsaet.store.tasks import Task

from .conftest import NOW


def test_one_task_of_a_kind_waits_for_each_citizen(database, cast):
    with database.write() as tx:
        first = tasks.add(tx, cast.maja, "plan_sent", NOW)
        assert tasks.add(tx, cast.maja, "plan_sent", NOW) is None
        assert tasks.add(tx, cast.maja, "contact_wished", NOW)
        assert tasks.add(tx, cast.omar, "plan_sent", NOW)
    with database.read() as tx:
        assert tasks.list_of(tx, cast.maja)[0] == Task(first, cast.maja, "plan_sent", NOW)
        assert len(tasks.list_open(tx)) == 3


def test_a_task_is_done_once_and_the_next_of_its_kind_is_a_new_one(database, cast):
    with database.write() as tx:
        first = tasks.add(tx, cast.maja, "plan_sent", NOW)
        assert tasks.done(tx, first, NOW) is True
        assert tasks.done(tx, first, NOW) is False
        second = tasks.add(tx, cast.maja, "plan_sent", NOW)
    assert second not in {None, first}
    with database.read() as tx:
        assert [task.id for task in tasks.list_open(tx)] == [second]


def test_two_who_finish_a_task_at_once_do_not_both_do_it(database, cast, at_once):
    with database.write() as tx:
        task = tasks.add(tx, cast.maja, "plan_sent", NOW)

    def finish(_):
        with database.write() as tx:
            return tasks.done(tx, task, NOW)

    assert sorted(at_once(4, finish)) == [False, False, False, True]


def test_a_caseworker_sees_the_tasks_of_their_own_citizens(database, cast):
    with database.write() as tx:
        tasks.add(tx, cast.maja, "plan_sent", NOW)
    with database.read() as tx:
        assert [task.citizen_id for task in tasks.list_open(tx, caseworker_id=cast.dorte)] == [cast.maja]
        assert tasks.list_open(tx, caseworker_id=cast.jens) == []


def test_what_a_citizen_said_is_kept_in_order(database, cast):
    later = NOW + timedelta(days=1)
    with database.write() as tx:
        consents.add(tx, cast.maja, "yes", "rev-1", NOW)
        consents.add(tx, cast.maja, "no", "rev-2", later)
    with database.read() as tx:
        assert consents.list_all(tx, cast.maja) == [Consent("yes", "rev-1", NOW), Consent("no", "rev-2", later)]
        assert consents.list_all(tx, cast.omar) == []
