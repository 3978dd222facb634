"""What `dev.py VERB` does, each verb in one function."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import checks
import environment
import system

USAGE = """usage: dev.py VERB

  demo [DIR] [--no-window]  the whole main job on the sample dossier, then the officer's window
  run [ARGUMENT…]           Cloison itself; without arguments its window
  test [PYTEST OPTION…]     lint, every test and the coverage floors; with options, just those tests
  lint                      ruff, mypy --strict, the import contracts, the message catalogues
  messages                  bring the message catalogues up to date with the code
  bench | fuzz | faults [NAME] [ARGUMENT…]
                            the long measurements: all, or the script of that name
  mutate [--tenth] [MODULE…]
                            change the code of labels, one thing at a time, and see that the tests notice
  pictures DIR              a picture of every flow
  package                   the installers"""

# A verb that is a script of its own: where it is once somebody has written it.
SCRIPTS = {
    "mutate": Path("packaging", "mutate.py"),
    "pictures": Path("packaging", "pictures.py"),
    "package": Path("packaging", "package.py"),
}
# A real text that may lie beside the project; the demo marks and seals it with the rest.
REAL_TEXT = environment.ROOT.parent / "shared" / "samples" / "interview.txt"
# A verb that runs every script of a folder, or the one it is given by name.
FOLDERS = {
    "bench": Path("tests", "benchmarks"),
    "fuzz": Path("tests", "fuzz"),
    "faults": Path("tests", "faults"),
}


def main(arguments: list[str]) -> int:
    """Run one verb; the exit code, 2 for what cannot be done here."""
    verb, given = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in ("", "-h", "--help", "help"):
        print(USAGE)
        return 0 if verb else 2
    try:
        return _run(verb, given, environment.ROOT)
    except environment.SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(verb: str, given: list[str], root: Path) -> int:
    if verb in SCRIPTS:
        return _script(verb, given, root)
    if verb in FOLDERS:
        return _scripts(verb, given, root)
    own: dict[str, Callable[[Path, list[str], Path], int]] = {
        "demo": _demo,
        "run": _cloison,
        "test": lambda python, options, where: checks.test(python, where, options),
        "lint": lambda python, _, where: checks.lint(python, where),
        "messages": lambda python, options, where: _python(python, ["packaging/messages.py", *options], where),
    }
    if verb not in own:
        print(f"dev.py has no verb {verb!r}.\n\n{USAGE}", file=sys.stderr)
        return 2
    return own[verb](environment.ensure(root), given, root)


def _script(verb: str, given: list[str], root: Path) -> int:
    script = root / SCRIPTS[verb]
    if not script.is_file():
        print(f"`dev.py {verb}` cannot do anything yet: {SCRIPTS[verb].as_posix()} is not written.", file=sys.stderr)
        return 2
    return _python(environment.ensure(root), [script, *given], root)


def _scripts(verb: str, given: list[str], root: Path) -> int:
    folder = root / FOLDERS[verb]
    name, arguments = (given[0], given[1:]) if given and not given[0].startswith("-") else ("*", given)
    found = sorted(folder.glob("[a-z]*.py" if name == "*" else f"{name}.py"))
    if not found:
        wanted = FOLDERS[verb] / f"{name}.py"
        print(f"`dev.py {verb}` cannot do anything yet: {wanted.as_posix()} is not written.", file=sys.stderr)
        return 2
    python = environment.ensure(root)
    return max(_python(python, [script, *arguments], root) for script in found)


def _demo(python: Path, given: list[str], root: Path) -> int:
    if "--no-window" not in given and not system.window_opens():
        why = "There is no display" if system.qt_loads() else "Qt's libraries are missing"
        print(f"{why}, so the demo runs without its window.", file=sys.stderr, flush=True)
        given = [*given, "--no-window"]
    if REAL_TEXT.is_file() and "--text" not in given:
        given = [*given, "--text", str(REAL_TEXT)]
    return _cloison(python, ["demo", *given], root)


def _cloison(python: Path, given: list[str], root: Path) -> int:
    _compile_catalogues(python, root)
    # Stays in the caller's folder: a relative path on the command line is relative to it.
    return subprocess.run([str(python), "-m", "cloison", *given], check=False).returncode


def _python(python: Path, arguments: list[str | Path], root: Path) -> int:
    _compile_catalogues(python, root)
    support = os.pathsep.join([str(root / "tests" / "support"), str(root / "packaging")])
    environment_of_tools = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": support}
    command = [str(python), *map(str, arguments)]
    return subprocess.run(command, cwd=root, env=environment_of_tools, check=False).returncode


def _compile_catalogues(python: Path, root: Path) -> None:
    """Compile the message catalogues when somebody has written in one since."""
    sources = (root / "resources" / "cloison_resources" / "translations").glob("*/LC_MESSAGES/*.po")
    pairs = [(source, source.with_suffix(".mo")) for source in sources]
    if any(not made.exists() or made.stat().st_mtime < source.stat().st_mtime for source, made in pairs):
        subprocess.run([str(python), str(root / "packaging" / "messages.py"), "compile"], check=True)
