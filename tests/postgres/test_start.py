"""Starting: races, crashes, and what they leave behind. All against real servers."""

import os
import signal
import subprocess
import time

import psycopg
import pytest

from digest.postgres import launch, processes
from digest.postgres.cluster import Cluster
from digest.postgres.errors import ClusterError
from tests.postgres.acts import kill_server, line_of, run_python, wait_until

RACER = """
import sys
from digest.postgres.cluster import Cluster
cluster = Cluster(sys.argv[1], fsync=False)
cluster.start("digest")
with cluster.connect("digest") as connection:
    print(connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0])
"""

WRITER = """
import sys
from digest.postgres.cluster import Cluster
with Cluster(sys.argv[1]).connect("digest") as connection:
    number = 0
    while True:
        connection.execute("INSERT INTO written VALUES (%s)", [number])
        print(number, flush=True)
        number += 1
"""


def postmasters(cluster: Cluster) -> list[int]:
    return [pid for pid, is_postmaster in processes.server_processes(cluster.data).items() if is_postmaster]


def answers(cluster: Cluster) -> bool:
    with cluster.connect("digest") as connection:
        return connection.execute("SELECT upper('éß')").fetchone() == ("ÉSS",)


def test_eight_processes_race_to_one_server(make_cluster):
    cluster = make_cluster()
    racers = [run_python(RACER, str(cluster.data)) for _ in range(8)]
    told = [racer.communicate(timeout=60) for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * 8, told
    assert len({started for started, _ in told}) == 1
    assert len(postmasters(cluster)) == 1


def test_a_killed_server_is_back_with_every_acknowledged_row(folder):
    # With fsync on, as in earnest.
    cluster = Cluster(folder / "pg")
    try:
        cluster.start("digest")
        with cluster.connect("digest") as connection:
            connection.execute("CREATE TABLE written (number int)")
        for _ in range(3):
            with cluster.connect("digest") as connection:
                connection.execute("TRUNCATE written")
            writer = run_python(WRITER, str(cluster.data))
            acknowledged = [int(line_of(writer)) for _ in range(50)]
            kill_server(cluster)
            rest, _ = writer.communicate(timeout=10)
            acknowledged += [int(line) for line in rest.splitlines()]
            begun = time.monotonic()
            cluster.start("digest")
            assert time.monotonic() - begun < 2
            with cluster.connect("digest") as connection:
                kept = {number for (number,) in connection.execute("SELECT number FROM written")}
            assert kept >= set(acknowledged)
    finally:
        cluster.stop()


def test_a_busy_backend_does_not_keep_its_dead_postmaster_from_being_replaced(cluster):
    busy = run_python(
        "import sys\nfrom digest.postgres.cluster import Cluster\n"
        "with Cluster(sys.argv[1]).connect('digest') as connection:\n"
        "    print('busy', flush=True)\n"
        "    connection.execute('SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000) b')\n",
        str(cluster.data),
    )
    try:
        assert line_of(busy) == "busy\n"
        time.sleep(0.2)
        kill_server(cluster)
        begun = time.monotonic()
        cluster.start("digest")
        assert time.monotonic() - begun < 2
        assert answers(cluster)
    finally:
        busy.kill()
        busy.communicate()


def test_a_killed_backend_is_recovered_from(cluster):
    victim = cluster.connect("digest")
    pid = victim.info.backend_pid
    assert pid in processes.server_processes(cluster.data)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: pid not in processes.server_processes(cluster.data))
    cluster.start("digest")
    assert answers(cluster)
    victim.close()


def test_a_stale_note_is_no_obstacle_and_harms_no_stranger(cluster):
    note = cluster.data / "postmaster.pid"
    stranger = subprocess.Popen(["/bin/sleep", "600"])
    zombie = subprocess.Popen(["/bin/true"])
    try:
        rest = note.read_text().split("\n", 1)[1]
        for left in (f"{stranger.pid}\n{rest}", f"{zombie.pid}\n{rest}", f"{stranger.pid}", "", "4x", "-1\n", "9" * 20):
            kill_server(cluster)
            wait_until(lambda: not launch.is_in_use(cluster.data))
            note.write_text(left)
            cluster.start("digest")
            assert answers(cluster), left
        assert cluster.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
        zombie.wait()


@pytest.mark.parametrize(
    "name",
    ['it\'s a "path" $(false) `x` %s\\ & ; 数据 é', "one, two", "é" * 60 + "/" + "x" * 100],
    ids=["signs", "comma", "long"],
)
def test_any_path_will_do(make_cluster, name):
    cluster = make_cluster(name)
    cluster.start("digest")
    assert answers(cluster)
    assert cluster.status().data == cluster.data


def test_a_line_break_in_the_path_is_refused(folder):
    with pytest.raises(ClusterError, match="line break"):
        Cluster(folder / "a\nb")


def test_what_a_killed_initdb_left_is_swept_away(make_cluster):
    cluster = make_cluster()
    left = cluster.data.with_name("pg.init")
    (left / "0000" / "base").mkdir(parents=True)
    cluster.start("digest")
    assert answers(cluster)
    assert not left.exists()


def test_a_folder_that_was_moved_while_its_server_ran(make_cluster):
    old = make_cluster("old")
    old.start("digest")
    pid = old.status().pid
    new = make_cluster("new")
    old.data.rename(new.data)
    new.start("digest")
    assert answers(new)
    assert new.status().pid != pid
    assert postmasters(new) == [new.status().pid]


def test_a_folder_that_was_copied_while_its_server_ran(cluster, make_cluster):
    with cluster.connect("digest") as connection:
        connection.execute("CHECKPOINT")
    copy = make_cluster("copy")
    subprocess.run(["cp", "-a", cluster.data, copy.data], check=True)
    assert copy.status() is None
    copy.start("digest")
    assert answers(copy)
    assert answers(cluster)
    assert copy.status().pid != cluster.status().pid


def test_a_socket_that_was_swept_from_the_temporary_folder(make_cluster):
    cluster = make_cluster("a" * 127)
    cluster.start("digest")
    socket = cluster.status().socket
    for file in socket.iterdir():
        file.unlink()
    socket.rmdir()
    cluster.start("digest")
    assert answers(cluster)
    assert len(postmasters(cluster)) == 1


def test_stopping_says_whether_there_was_anything_to_stop(cluster):
    assert cluster.stop() is True
    assert cluster.status() is None
    assert cluster.stop() is False
    with pytest.raises(psycopg.OperationalError):
        cluster.connect("digest")


def test_a_broken_cluster_is_told_of_in_one_sentence_with_its_log(cluster):
    cluster.stop()
    (cluster.data / "global" / "pg_control").unlink()
    with pytest.raises(ClusterError) as told:
        cluster.start("digest")
    assert "pg_control" in str(told.value)
    assert str(cluster.data / "postgres.log") in str(told.value)
    assert "\n" not in str(told.value)


def test_a_folder_that_holds_something_else_is_left_alone(folder):
    (folder / "diary.txt").write_text("Dear diary")
    with pytest.raises(ClusterError, match="no PostgreSQL database"):
        Cluster(folder).start()
    assert (folder / "diary.txt").read_text() == "Dear diary"


def test_a_cluster_of_another_version_is_left_alone(folder):
    (folder / "PG_VERSION").write_text("17\n")
    with pytest.raises(ClusterError, match="made by PostgreSQL 17"):
        Cluster(folder).start()
