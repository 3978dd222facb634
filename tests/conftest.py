"""Fixtures for every area."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service import Clock, Service, found_service


@pytest.fixture
def clock() -> Clock:
    """A clock that the test moves."""
    return Clock()


@pytest.fixture
def service(tmp_path: Path, clock: Clock) -> Iterator[Service]:
    """An authority, and vaults for whoever the test asks for; all closed at the end."""
    founded = found_service(tmp_path, clock)
    yield founded
    founded.close()
