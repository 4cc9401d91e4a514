"""What the server is told of the machine: the build's own defaults are for a very small one."""

import os
from contextlib import suppress
from pathlib import Path

KB, MB, GB = 1024, 1024**2, 1024**3
MAX_CONNECTIONS = 60


def memory_settings(memory: int) -> dict[str, str]:
    """Return PostgreSQL's memory settings for a machine of so many bytes, which it shares with the application.

    - shared_buffers: an eighth, 32 MB to 4 GB; the rest of the cache is the kernel's.
    - effective_cache_size: half, what a plan may hope to find in either cache.
    - work_mem: a 256th, 4 to 64 MB; every sort and hash of every connection may take it.
    - maintenance_work_mem: a 16th, 32 MB to 1 GB, for building indexes; autovacuum's three workers get 256 MB at most.
    - max_wal_size: an eighth, 1 to 4 GB of disk between checkpoints, for bulk loads.
    """
    maintenance = _within(memory // 16, 32 * MB, GB)
    amounts = {
        "shared_buffers": _within(memory // 8, 32 * MB, 4 * GB),
        "effective_cache_size": max(memory // 2, 64 * MB),
        "work_mem": _within(memory // 256, 4 * MB, 64 * MB),
        "maintenance_work_mem": maintenance,
        "autovacuum_work_mem": min(maintenance, 256 * MB),
        "max_wal_size": _within(memory // 8, GB, 4 * GB),
    }
    return {name: f"{amount // KB}kB" if amount % MB else f"{amount // MB}MB" for name, amount in amounts.items()}


def server_settings(*, memory: int, fsync: bool) -> dict[str, str]:
    """Return every setting the server starts with, but for its addresses.

    Without `fsync` a crash of the machine may break the cluster, a crash of the server loses nothing: for tests only.
    """
    settings = memory_settings(memory) | {
        "max_connections": str(MAX_CONNECTIONS),
        "random_page_cost": "1.1",  # solid-state disks
        "max_parallel_maintenance_workers": str(min(2, cores() - 1)),  # beside the one that asks; more than cores delay
        "jit": "off",  # compiling costs more than our queries take
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
        "dynamic_shared_memory_type": _shared_memory_type(),
    }
    if not fsync:
        settings |= {"fsync": "off", "full_page_writes": "off"}
    return settings


def cores() -> int:
    """Return how many cores we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine_memory() -> int:
    """Return the memory we may use, in bytes: the machine's, or less where a control group says so."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        groups = Path("/proc/self/cgroup").read_text()
    except OSError:
        return total
    return min([total, *cgroup_limits(groups, Path("/sys/fs/cgroup"))])


def cgroup_limits(groups: str, hierarchy: Path) -> list[int]:
    """Return the memory limits, in bytes, of our control groups and all above them; versions 1 and 2."""
    limits = []
    for line in groups.splitlines():
        _, controllers, group = line.split(":", 2)
        if not controllers:
            base, name = hierarchy, "memory.max"
        elif "memory" in controllers.split(","):
            base, name = hierarchy / "memory", "memory.limit_in_bytes"
        else:
            continue
        place = base / group.lstrip("/")
        for folder in (place, *place.parents):
            if folder.is_relative_to(base):
                # A group outside our view has no file; an unlimited one says "max", or a number beyond any machine.
                with suppress(OSError, ValueError):
                    limits.append(int((folder / name).read_text()))
    return limits


def _within(amount: int, least: int, most: int) -> int:
    return max(least, min(amount, most))


def _shared_memory_type() -> str:
    """Containers often have a /dev/shm of 64 MB, which a parallel hash overflows; files of our own always fit."""
    try:
        status = os.statvfs("/dev/shm")  # noqa: S108 -- asked for its size, nothing is written
    except OSError:
        return "posix"
    return "posix" if status.f_frsize * status.f_blocks >= 256 * MB else "mmap"
