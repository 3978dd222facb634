"""What pytest does differently while `dev.py mutate` runs it: which tests reach a function, which run, in which order.

mutmut notes the functions that each test calls, and forks each change from a process that has collected the tests, and
with them read the built-in policies, with unchanged code. Two things follow. A function that runs while tests are
collected would be put down to the first test alone: it is put down to every test of what the built-in policies say. And
a change to such a function would be hidden by what is already there: its process first forgets whatever it loaded of
Cloison and of the tests.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from mutmut.state import MutmutState, state

MOST_TESTS_OF_OTHERS = 60

# Beside the folder that mutmut runs the tests in.
_AT_COLLECTION = Path("..", "at-collection.json")
_ABOUT_BUILT_IN_POLICIES = {"test_labels_built_in", "test_labels_french_policy", "test_labels_vectors"}
_EXHAUSTIVE = "test_labels_positions"
# Which tests are about a module that none is named after.
_ABOUT = {
    "colours": "layout",
    "day_format": "inputs",
    "elements": "spif",
    "library": "resolution",
    "phrasing": "rendering",
    "policy": "spif",
    "slab": "label clearance",
    "succession": "declassification",
    "vocabulary": "marks",
}
# Files that read every built-in policy when they are collected, which takes long.
_READING = {f"test_labels_{one}" for one in ("built_in", "course", "resolution", "schema", "specimen", "vectors")}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Forget what unchanged code has made, where the function under test had a part in it."""
    if _ran_at_collection() and not _forgotten:
        for name in [one for one in sys.modules if one.partition(".")[0] in ("cloison", "tests")]:
            _forgotten.add(name)
            del sys.modules[name]


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Where all that was forgotten, run what needs little of it by itself and first; the rest if that passes."""
    quick = [one for one in config.args if re.sub(r".*/(\w+)\.py.*", r"\1", one) not in _READING]
    if not _ran_at_collection() or not quick or len(quick) == len(config.args):
        return None
    options = [one for one in config.invocation_params.args if str(one) not in config.args]
    outcome = int(pytest.main([*map(str, options), *quick]))
    config.args = [one for one in config.args if one not in quick]
    return outcome or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests that try hundreds of cases; begin with those about the module under test."""
    items[:] = [
        one for one in items if one.path.stem != _EXHAUSTIVE and not hasattr(getattr(one, "obj", None), "hypothesis")
    ]
    items.sort(key=lambda one: not _is_about(one.nodeid, _under_test()))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Put down what ran until now to the tests of the built-in policies."""
    _forget_results()
    if not _is_noting():
        return
    from cloison.labels.library import built_in_policies  # Not before mutmut has put the changed code in its place.

    built_in_policies()  # Remembered from here on, so that it ran for whichever test asks for one.
    about = {item.nodeid for item in session.items if item.path.stem in _ABOUT_BUILT_IN_POLICIES}
    for function in _seen(state()):
        state().tests_by_mangled_function_name[function] |= about
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
    others = sorted(set(tests) - own)
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


_forgotten: set[str] = set()


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
    """Forget what the remembering functions of labels have remembered, but for the policies: one is one object."""
    for name, module in list(sys.modules.items()):
        if name.startswith("cloison.labels.") and name != "cloison.labels.library":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
