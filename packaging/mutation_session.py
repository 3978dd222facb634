"""What pytest does differently while `dev.py mutate` runs it: which tests reach a function, which run, in which order.

mutmut notes the functions that each test calls, and forks each change from a process that has collected the tests, and
with them read the built-in policies, with unchanged code. Two things follow. A function that runs while tests are
collected would be put down to the first test alone: it is put down to every test of what the built-in policies say and
to those about its module. And a change to such a function would be hidden by what is already there. So its process
first forgets the policies it started with and runs the tests that hold none; if these pass, it forgets whatever it
loaded of Cloison and of the tests and runs the others.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from mutmut.state import MutmutState, state

MOST_TESTS_OF_OTHERS = 30

# Beside the folder that mutmut runs the tests in.
_AT_COLLECTION = Path("..", "at-collection.json")
_ABOUT_BUILT_IN_POLICIES = {"test_labels_built_in", "test_labels_french_policy", "test_labels_vectors"}
_EXHAUSTIVE = "test_labels_positions"
_SLOW = "test_labels_specimen"
# Which tests are about a module that none is named after.
_ABOUT = {
    "colours": "layout",
    "day_format": "inputs",
    "decision": "decision course versions",
    "elements": "spif",
    "errors": "errors markup rollup mapping declassification",
    "label": "label inputs",
    "library": "resolution",
    "phrasing": "rendering",
    "policy": "spif versions",
    "resolution": "resolution inputs",
    "slab": "label clearance",
    "spif": "spif layout equivalents",
    "succession": "declassification course",
    "validity": "validity limits inputs",
    "vocabulary": "marks",
}
# Files that read built-in policies when they are collected, and keep them.
_READING = {f"test_labels_{one}" for one in ("built_in", "course", "resolution", "schema", "specimen", "vectors")}


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Where the function under test ran while tests were collected, run them in two parts, in sessions of their own."""
    if not _ran_at_collection() or _parts:
        return None
    _parts.append("plain")
    options = [str(one) for one in config.invocation_params.args if str(one) not in config.args]
    reading = [one for one in config.args if Path(one.partition("::")[0]).stem in _READING]
    plain = [one for one in config.args if one not in reading]
    outcome = int(pytest.main([*options, *plain])) if plain else 0
    if outcome or not reading:
        return outcome
    _parts.append("reading")
    for name in [name for name, module in sys.modules.items() if _is_of_the_copy(name, module)]:
        del sys.modules[name]
    return int(pytest.main([*options, *reading]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests that try hundreds of cases; begin with those about the module under test."""
    items[:] = [
        one for one in items if one.path.stem != _EXHAUSTIVE and not hasattr(getattr(one, "obj", None), "hypothesis")
    ]
    items.sort(key=lambda one: not _is_about(one.nodeid, _under_test()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Put down what ran until now to the tests of the built-in policies, and to those about its module."""
    _forget_results()
    if not _is_noting():
        return
    from cloison.labels.library import built_in_policies  # Not before mutmut has put the changed code in its place.

    built_in_policies()  # Remembered from here on, so that it ran for whichever test asks for one.
    about = {item.nodeid for item in session.items if item.path.stem in _ABOUT_BUILT_IN_POLICIES}
    for function in _seen(state()):
        own = {item.nodeid for item in session.items if _is_about(item.nodeid, function)}
        state().tests_by_mangled_function_name[function] |= about | own
    _AT_COLLECTION.write_text(json.dumps(sorted(_seen(state()))), encoding="utf-8")
    _seen(state()).clear()


def pytest_runtest_setup() -> None:
    """Let each test be seen to call what an earlier one called as well."""
    if _is_noting():
        _forget_results()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A change under which the tests cannot be collected is noticed; mutmut would take it for an interruption."""
    if exitstatus == pytest.ExitCode.INTERRUPTED:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if _is_noting():
        noted = state().tests_by_mangled_function_name
        for function, tests in noted.items():
            noted[function] = _enough(function, tests)


def _enough(function: str, tests: Iterable[str]) -> set[str]:
    """All tests about the module of `function`, and of the others as many as there is time for."""
    own = {one for one in tests if _is_about(one, function)}
    others = sorted(one for one in set(tests) - own if _SLOW not in one)
    step = max(1, len(others) // MOST_TESTS_OF_OTHERS)
    return own | set(others[::step])


def _is_about(test: str, function: str) -> bool:
    """Whether `tests/labels/test_labels_spif.py::…` shares a word with `cloison.labels.spif_lint.x_lint`."""
    file = re.search(r"test_labels_(\w+)\.py", test)
    module = re.search(r"cloison\.labels\.(\w+)\.", function)
    if file is None or module is None:
        return False
    words = _ABOUT.get(module[1], module[1].replace("_", " ")).split()
    return not set(words).isdisjoint(file[1].split("_"))


def _is_of_the_copy(name: str, module: ModuleType) -> bool:
    """Whether a module is Cloison's or its tests', or what these share."""
    file = getattr(module, "__file__", None) or ""
    return name.partition(".")[0] in ("cloison", "tests") or Path(file).is_relative_to(Path.cwd())


_parts: list[str] = []


def _ran_at_collection() -> bool:
    return _AT_COLLECTION.exists() and _under_test() in json.loads(_AT_COLLECTION.read_text(encoding="utf-8"))


def _under_test() -> str:
    return os.environ.get("MUTANT_UNDER_TEST", "").partition("__mutmut_")[0]


def _is_noting() -> bool:
    return _under_test() == "stats"


def _seen(noted: MutmutState) -> set[str]:
    """The functions called since the last test ended."""
    return noted._stats  # noqa: SLF001 - mutmut has no other name for it


def _forget_results() -> None:
    """Forget what the remembering functions of labels remember; policies only where they may be read anew, since tests
    that hold one expect it to be the only one of its file.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("cloison.labels.") and (name != "cloison.labels.library" or _parts == ["plain"]):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
