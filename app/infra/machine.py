"""How busy the machine is, as far as its kernel tells without waiting."""

import os
import shutil
from pathlib import Path

_MEMORY = Path("/proc/meminfo")


def machine_load() -> dict[str, float | None]:
    """Percentages: the last minute's load by cores, memory and disk in use; null where unknown."""
    disk = shutil.disk_usage("/")
    return {
        "cpu_percent": round(100 * os.getloadavg()[0] / (os.cpu_count() or 1), 1),
        "memory_percent": _memory_percent(),
        "disk_usage": round(100 * disk.used / disk.total, 1),
    }


def _memory_percent() -> float | None:
    if not _MEMORY.exists():
        return None
    words = (line.split() for line in _MEMORY.read_text().splitlines())
    kilobytes = {name.rstrip(":"): int(number) for name, number, *_ in words}
    total, free = kilobytes.get("MemTotal"), kilobytes.get("MemAvailable")
    return round(100 * (1 - free / total), 1) if total and free is not None else None
