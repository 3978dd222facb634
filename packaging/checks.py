"""Lint and tests, as one command each; both go on to the end and then say what failed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import floors
import system

PYTHON_FOLDERS = ("desktop", "crypto", "resources", "tests", "packaging")
NO_QT = "Qt's libraries are missing, so the tests of the window are left out. On Debian they come with:"


def lint(python: Path, root: Path) -> int:
    """Run every linter; 0 when all are content."""
    tools = python.parent
    commands: dict[str, list[str | Path]] = {
        "ruff check": [tools / "ruff", "check", "--quiet", *PYTHON_FOLDERS],
        "ruff format": [tools / "ruff", "format", "--quiet", "--check", *PYTHON_FOLDERS],
        "mypy --strict": [tools / "mypy", "--no-error-summary"],
        "import-linter": [tools / "lint-imports", "--no-cache"],
        "messages": [python, root / "packaging" / "messages.py", "check"],
    }
    failed = [name for name, command in commands.items() if not _passes(command, root)]
    print(f"lint: {', '.join(failed)} failed" if failed else "lint: nothing to mend", flush=True)
    return 1 if failed else 0


def _passes(command: list[str | Path], root: Path) -> bool:
    done = subprocess.run([str(each) for each in command], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def test(python: Path, root: Path, chosen: list[str]) -> int:
    """Lint, then every test with the coverage floors; or just the tests of the paths and options `chosen`."""
    if chosen:
        return _pytest(python, root, chosen)
    linted = lint(python, root)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        tested = _pytest(python, root, _whole_run(report))
        short = floors.shortfalls(report, left_out=_left_out()) if report.exists() else ["no coverage was measured"]
    for line in short:
        print(f"coverage: {line}")
    return 1 if linted or tested or short else 0


def _whole_run(report: Path) -> list[str]:
    workers = min(os.cpu_count() or 1, 4)
    return ["--cov", f"--cov-report=json:{report}", "-n", str(workers), "--dist", "loadfile"]


def _left_out() -> frozenset[str]:
    return frozenset() if system.qt_loads() else frozenset({"cloison/ui"})


def _pytest(python: Path, root: Path, arguments: list[str]) -> int:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    if not system.qt_loads():
        print(f"{NO_QT}\n    {system.line_to_paste(system.missing_packages())}", file=sys.stderr, flush=True)
        arguments = [*_without_qt(), *arguments]
    command = [str(python), "-m", "pytest", "-q", "-rs", *arguments]
    return subprocess.run(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


def _without_qt() -> list[str]:
    """Options that keep pytest from loading Qt: without its plugin, whose settings are then unknown, or `tests/ui`."""
    plain = "addopts=--import-mode=importlib --strict-markers -p no:cacheprovider"
    return ["-p", "no:pytest-qt", "-o", plain, "--ignore=tests/ui", "-W", "ignore::pytest.PytestConfigWarning"]
