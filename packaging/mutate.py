"""Mutation testing of `cloison.labels`: does a test notice when one thing in the code is changed?

`dev.py mutate [MODULE…]` changes one thing at a time (mutmut 3: a comparison, an operator, a constant, an argument, a
default, …) in the modules named, by default all of `labels`, and runs against each change those tests of `tests/labels`
that reach the changed function. It prints the score of each module and of all, then every change that no test noticed,
and fails below 85 %. `--tenth` tries one change in ten, for a first look: the whole takes an hour of processor time or
less. The tree is not touched: everything happens in a copy that is thrown away.

**What the score counts.** Noticed: a test failed, or could not even be collected; or the tests ran ten times longer
than they should (an endless loop; told apart in the table). Not noticed: every test passed, or none reaches the
function. The score is noticed by all, with nothing left out: no list of "equivalent" changes is kept, and those that
change nothing anybody could see count against it. So does what only these would notice: the tests of other packages,
property tests and the exhaustive tables of positions (slow, or never twice the same), and all but some thirty of the
tests that are about other modules. Outside of the score is what mutmut cannot change: module constants, class bodies,
properties.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import mutation_report
from environment import ROOT

FLOOR = 85.0
# mutmut numbers the changes to each function; a pattern chooses among their names.
ALL = "*"
A_TENTH = "*3"
LABELS = Path("cloison", "labels")
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{only}]
also_copy = ["tests"]
process_isolation = "forkserver"
forkserver_warmup = "collect"
timeout_multiplier = 10.0
use_git_change_detection = false
pytest_add_cli_args_test_selection = ["tests/labels"]
pytest_add_cli_args = ["-p", "mutation_session", "-p", "no:unraisableexception", "-p", "no:threadexception"]

[tool.pytest.ini_options]
pythonpath = ["tests/support"]
addopts = "--import-mode=importlib -p no:cacheprovider"
filterwarnings = ["error", "ignore::pytest.PytestAssertRewriteWarning"]
"""


def main(arguments: list[str]) -> int:
    """Mutate the modules named, or all; 1 when fewer changes than the floor asks for are noticed."""
    present = sorted(path.stem for path in (ROOT / "desktop" / LABELS).glob("*.py") if path.stem != "__init__")
    named = [one for one in arguments if one != "--tenth"]
    unknown = sorted(set(named) - set(present))
    if unknown or sys.platform == "win32":
        why = f"labels has no module {', '.join(unknown)}" if unknown else "mutmut does not run on Windows"
        print(f"dev.py mutate: {why}.", file=sys.stderr)
        return 2
    results = survey(ROOT, named or present, chosen=A_TENTH if "--tenth" in arguments else ALL)
    if results is None:
        return 2
    print(mutation_report.table(results))
    return 0 if mutation_report.score(results) >= FLOOR else 1


def survey(root: Path, modules: list[str], *, chosen: str = ALL) -> tuple[mutation_report.Result, ...] | None:
    """What becomes of the changes `chosen` among those to `modules` of the tree at `root`; None where mutmut fails."""
    with tempfile.TemporaryDirectory(prefix="cloison-mutate-") as folder:
        copy = Path(folder)
        copy_tree(root, copy, modules=modules)
        mutmut, names = Path(sys.executable).with_name("mutmut"), [] if chosen == ALL else [chosen]
        command = [str(mutmut), "run", "--max-children", str(os.cpu_count() or 1), *names]
        if subprocess.run(command, cwd=copy, stdout=sys.stderr, env=_environment(), check=False).returncode != 0:
            return None
        return mutation_report.read_results(copy, LABELS, chosen=chosen)


def copy_tree(root: Path, copy: Path, *, modules: list[str]) -> None:
    """Lay out in `copy` what mutmut works on: the code, the tests, its settings; and the code as it is."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "desktop" / "cloison", copy / "src" / "cloison", ignore=ignored)
    policies = root / "resources" / "cloison_resources" / "policies"
    shutil.copytree(policies, copy / "src" / "cloison_resources" / "policies", ignore=ignored)
    shutil.copy(policies.with_name("__init__.py"), copy / "src" / "cloison_resources")
    for name in ("labels", "support", "vectors"):
        shutil.copytree(root / "tests" / name, copy / "tests" / name, ignore=ignored)
    shutil.copytree(copy / "src", copy / mutation_report.AS_IT_IS)
    for path in (copy / "src" / LABELS).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(undecorated(text), encoding="utf-8")
    only = ", ".join(f'"{(Path("src") / LABELS / module).as_posix()}.py"' for module in modules)
    (copy / "pyproject.toml").write_text(SETTINGS.format(only=only), encoding="utf-8")


def undecorated(code: str) -> str:
    """`code` with its remembering functions written as mutmut can change them: decorated at the end of the module."""
    found = re.findall(r"^@(lru_cache\(.*\))\ndef (\w+)", code, flags=re.MULTILINE)
    plain = re.sub(r"^@lru_cache\(.*\)\n", "", code, flags=re.MULTILINE)
    return plain + "".join(f"\n\n{name} = {decorator}({name})\n" for decorator, name in found)


def _environment() -> dict[str, str]:
    # Pytest finds the plugin `mutation_session` there, and loads no other. Most of the time goes into starting: the
    # bytecode of the tests, which many a machine is told not to write, is what the next process starts from.
    own = {"PYTHONPATH": str(ROOT / "packaging"), "PYTHONUTF8": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
