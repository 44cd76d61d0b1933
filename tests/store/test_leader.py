import subprocess
import sys

from afsaet.store.leader import hold

HOLDS_UNTIL_KILLED = """
import sys
from pathlib import Path
from afsaet.store.database import Database
from afsaet.store.leader import hold
url, key, data = sys.argv[1:]
held = hold(Database.open(url, Path(key), data_dir=Path(data)))
print("held" if held else "refused", flush=True)
sys.stdin.read()
"""


def test_one_at_a_time_leads(database, home):
    other = home.open()
    with hold(database) as first:
        assert first.held()
        assert hold(other) is None
    assert not first.held()
    with hold(other) as second:
        assert second.held()
        assert hold(database) is None
    other.close()


def test_the_lead_ends_with_the_process_that_had_it(database, home):
    arguments = [sys.executable, "-c", HOLDS_UNTIL_KILLED, home.url, str(home.key_file), str(home.data_dir)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        assert hold(database) is None
        process.kill()
    leadership = None
    while leadership is None:  # PostgreSQL notices a moment later that the connection has gone
        leadership = hold(database)
    leadership.release()


def test_a_lead_whose_connection_was_cut_is_not_held(homes, postgresql):
    database = homes.filled("postgresql").open()
    leadership = hold(database)
    with database.read() as tx:
        pid = tx.conn.exec_driver_sql(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())").scalar_one()
    postgresql.run(f"SELECT pg_terminate_backend({pid})")
    assert [leadership.held(), leadership.held()] == [False, False]
    database.close()
