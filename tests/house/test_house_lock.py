"""The lock: everything the project file asks for, with hashes, from no index in particular."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
]
ENTRY = re.compile(
    r"^([a-z0-9-]+)==\S+(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("requirement", ASKED, ids=name_of)
def test_what_the_project_asks_for_is_locked(requirement: str) -> None:
    assert name_of(requirement) in {entry[1] for entry in ENTRY.finditer(LOCK)}


def test_every_locked_package_has_hashes() -> None:
    named = re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE)

    assert named == [entry[1] for entry in ENTRY.finditer(LOCK)]


def test_the_lock_names_no_index_and_no_place() -> None:
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host|@ file|\s/", LOCK)
