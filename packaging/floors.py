"""Coverage floors, held by each package by itself: a well-tested neighbour cannot hide an untested one."""

import json
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

WHOLE = 100.0
ORDINARY = 90.0
WHOLE_PACKAGES = frozenset({"cloison_crypto", "cloison/labels"})


def package_of(file: str) -> str:
    """`cloison_crypto`, `cloison/labels`, …, or `cloison` for the modules beside the folders."""
    parts = PurePosixPath(file.replace("\\", "/")).parts
    if parts[0] == "crypto":
        return parts[1]
    return "/".join(parts[1:3]) if len(parts) > 3 else parts[1]


def shortfalls(report: Path, *, left_out: frozenset[str] = frozenset()) -> list[str]:
    """One line for each package below its floor in a JSON report of coverage.py, branches counted."""
    counted: dict[str, Counter[str]] = {}
    files: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))["files"]
    for file, facts in files.items():
        counted.setdefault(package_of(file), Counter()).update(
            done=facts["summary"]["covered_lines"] + facts["summary"]["covered_branches"],
            all=facts["summary"]["num_statements"] + facts["summary"]["num_branches"],
        )
    found: list[str] = []
    for package, count in sorted(counted.items()):
        floor = WHOLE if package in WHOLE_PACKAGES else ORDINARY
        reached = 100.0 * count["done"] / count["all"] if count["all"] else WHOLE
        if reached < floor and package not in left_out:
            found.append(f"{package}: {reached:.2f} % of lines and branches are tested, {floor:.0f} % is its floor")
    return found
