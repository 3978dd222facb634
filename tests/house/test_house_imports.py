"""What the import contracts cannot say: an allow-list for the trusted library and for what runs before set-up."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CRYPTO = sorted((ROOT / "crypto").rglob("*.py"))
BEFORE_SETUP = ("dev", "verbs", "environment", "system", "checks", "floors")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.split(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def foreign(file: Path, *allowed: str) -> set[str]:
    return set(imported(file)) - sys.stdlib_module_names - set(allowed)


@pytest.mark.parametrize("file", CRYPTO, ids=lambda file: file.name)
def test_the_crypto_library_imports_the_standard_library_and_cryptography_alone(file: Path) -> None:
    assert foreign(file, "cryptography", "cloison_crypto") == set()


def test_the_supervisor_imports_the_standard_library_alone() -> None:
    assert foreign(ROOT / "desktop" / "cloison" / "supervisor.py") == set()


@pytest.mark.parametrize("name", BEFORE_SETUP)
def test_set_up_needs_the_standard_library_alone(name: str) -> None:
    assert foreign(ROOT / "packaging" / f"{name}.py", *BEFORE_SETUP) == set()
