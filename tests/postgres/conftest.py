"""Clusters in folders of their own, ended and removed after each test."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.postgres import launch, sockets
from digest.postgres.cluster import Cluster
from tests.clusters import open_folder

MakeCluster = Callable[..., Cluster]


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as made:
        yield made


@pytest.fixture
def make_cluster(folder: Path) -> Iterator[MakeCluster]:
    """Make a cluster that does not exist yet, nor run; at the end it doesn't again."""
    made: list[Cluster] = []

    def make(name: str = "pg") -> Cluster:
        made.append(Cluster(folder / name, fsync=False))
        return made[-1]

    yield make
    for cluster in made:
        if cluster.data.exists() and launch.is_in_use(cluster.data):
            cluster.stop()
        if (private := sockets.chosen_directory(cluster.data)) != cluster.data and private.exists():
            shutil.rmtree(private)


@pytest.fixture(scope="session")
def model() -> Iterator[Path]:
    """The files of a cluster with a database `digest`, made once; copying them is quicker than making them again."""
    with open_folder() as made:
        cluster = Cluster(made / "model", fsync=False)
        cluster.start("digest")
        cluster.stop()
        yield cluster.data


@pytest.fixture
def stopped_cluster(make_cluster: MakeCluster, model: Path) -> Cluster:
    made = make_cluster()
    subprocess.run(["cp", "-a", model, made.data], check=True)
    return made


@pytest.fixture
def cluster(stopped_cluster: Cluster) -> Cluster:
    """A running cluster with a database `digest`."""
    stopped_cluster.start("digest")
    return stopped_cluster
