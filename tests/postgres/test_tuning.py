from pathlib import Path

import pytest

from digest.postgres import tuning
from digest.postgres.tuning import GB, MB, cgroup_limits, machine_memory, memory_settings, server_settings


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (
            256 * MB,
            {
                "shared_buffers": "32MB",
                "effective_cache_size": "128MB",
                "work_mem": "4MB",
                "maintenance_work_mem": "32MB",
                "autovacuum_work_mem": "32MB",
                "max_wal_size": "1024MB",
            },
        ),
        (
            4 * GB,
            {
                "shared_buffers": "512MB",
                "effective_cache_size": "2048MB",
                "work_mem": "16MB",
                "maintenance_work_mem": "256MB",
                "autovacuum_work_mem": "256MB",
                "max_wal_size": "1024MB",
            },
        ),
        (
            64 * GB,
            {
                "shared_buffers": "4096MB",
                "effective_cache_size": "32768MB",
                "work_mem": "64MB",
                "maintenance_work_mem": "1024MB",
                "autovacuum_work_mem": "256MB",
                "max_wal_size": "4096MB",
            },
        ),
    ],
)
def test_memory_is_shared_out_by_the_size_of_the_machine(memory, expected):
    assert memory_settings(memory) == expected


def test_a_memory_of_no_round_size_is_written_in_whole_units():
    assert all(value[:-2].isdigit() and value[-2:] in {"kB", "MB"} for value in memory_settings(4_123_456_789).values())


def test_only_tests_do_without_fsync():
    assert "fsync" not in server_settings(memory=GB, fsync=True)
    assert server_settings(memory=GB, fsync=False)["fsync"] == "off"


def limit(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_control_groups_of_version_2_limit_with_all_above_them(tmp_path):
    limit(tmp_path, "system/digest/memory.max", "max\n")
    limit(tmp_path, "system/memory.max", "1073741824\n")
    assert cgroup_limits("0::/system/digest\n", tmp_path) == [GB]


def test_control_groups_of_version_1_limit_even_if_our_own_is_out_of_sight(tmp_path):
    limit(tmp_path, "memory/memory.limit_in_bytes", "536870912\n")
    assert cgroup_limits("5:cpu,cpuacct:/x\n4:memory:/docker/abc\n0::/\n", tmp_path) == [512 * MB]


def test_this_machine_has_memory():
    assert machine_memory() > 64 * MB


@pytest.mark.parametrize(("held", "workers"), [(1, "0"), (2, "1"), (8, "2")])
def test_an_index_is_built_by_no_more_than_there_are_cores(monkeypatch, held, workers):
    monkeypatch.setattr(tuning, "cores", lambda: held)
    assert tuning.server_settings(memory=GB, fsync=True)["max_parallel_maintenance_workers"] == workers
