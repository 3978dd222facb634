"""What every test stands on: compiled catalogues, no screen, no network, tools asked for by name, people and vaults."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_hook import compile_catalogues, stale_catalogues
from service import Clock, Service, found_service

ROOT = Path(__file__).parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    # A local (AF_UNIX) address is text or bytes; an Internet address is a tuple.
    if event in ("socket.connect", "socket.bind", "socket.sendto") and isinstance(arguments[1], tuple):
        raise AssertionError(f"{event} to {arguments[1]}: Cloison has no network code, and neither have its tests")
    if event == "socket.getaddrinfo":
        raise AssertionError(f"{event}: Cloison has no network code, and neither have its tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--whole`: every case of the long tables, of which an everyday run takes a systematic part."""
    parser.addoption("--whole", action="store_true", help="every case of the long tables")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network for good; compile the catalogues once, before any worker reads them."""
    sys.addaudithook(_refuse_network)
    if not hasattr(config, "workerinput") and stale_catalogues(ROOT):
        compile_catalogues(ROOT)


@pytest.fixture(scope="session")
def tool() -> Callable[[str, str], str]:
    """`tool("age", "apt install age")` is the program's path.

    Without the program the test is skipped, saying what to install; under `CLOISON_REQUIRE=all` it fails instead.
    """

    def find(program: str, how_to_install: str) -> str:
        path = shutil.which(program)
        if path is None:
            missing(f"{program} is not installed: {how_to_install}")
        return str(path)

    return find


def missing(reason: str) -> None:
    """Skip the test for want of a tool, or fail it where everything is required."""
    if os.environ.get("CLOISON_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


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
