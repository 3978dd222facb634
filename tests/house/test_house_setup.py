"""Setting the tree up: the door old Pythons can read, the stamp, an interrupted run, and what a bare system lacks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import environment
import system
import verbs
from environment import SetupError, ensure

ROOT = Path(__file__).parents[2]
DOOR = ROOT / "packaging" / "dev.py"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree whose set-up is counted in `installed` instead of done."""
    (tmp_path / "packaging").mkdir()
    for name in ("packaging/requirements.lock", "packaging/build_hook.py", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(system, "complete", lambda: None)
    monkeypatch.setattr(environment, "_make", make)
    monkeypatch.setattr(environment, "_install", install)
    return tmp_path


def make(folder: Path, *, fresh: bool) -> list[str]:
    folder.mkdir(exist_ok=True)
    (folder / "made").write_text(str(fresh), encoding="ascii")
    return ["pip"]


def install(pip: list[str], root: Path) -> None:
    count = root / "installed"
    count.write_text(f"{count.read_text(encoding='ascii') if count.exists() else ''}x", encoding="ascii")


def times_installed(tree: Path) -> int:
    return len((tree / "installed").read_text(encoding="ascii"))


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 15, 0)])
def test_another_python_is_told_in_one_sentence_what_is_missing(version: tuple[int, int, int]) -> None:
    code = (
        f"import runpy, sys; sys.version_info = {version}; sys.argv = ['dev.py', 'test']; runpy.run_path({str(DOOR)!r})"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert said.stderr.startswith(f"Cloison needs Python 3.11 to 3.14 and this is Python {version[0]}.{version[1]}: ")


def test_the_door_is_written_in_words_an_old_python_can_read() -> None:
    source = DOOR.read_text(encoding="ascii")

    tree = ast.parse(source, feature_version=(3, 4))

    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.arg)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]


def test_a_second_run_installs_nothing(tree: Path) -> None:
    ensure(tree)
    ensure(tree)

    assert times_installed(tree) == 1


@pytest.mark.parametrize("name", ["packaging/requirements.lock", "packaging/build_hook.py", "pyproject.toml"])
def test_a_change_of_what_it_stands_on_sets_up_again(tree: Path, name: str) -> None:
    ensure(tree)
    (tree / name).write_text("changed", encoding="utf-8")
    ensure(tree)

    assert times_installed(tree) == 2


def test_an_interrupted_set_up_is_redone_from_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(pip: list[str], root: Path) -> None:
        raise KeyboardInterrupt

    ensure(tree)
    (tree / "pyproject.toml").write_text("changed", encoding="utf-8")
    with monkeypatch.context() as during:
        during.setattr(environment, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ensure(tree)
    ensure(tree)

    assert (tree / ".venv" / "made").read_text(encoding="ascii") == "True"
    assert times_installed(tree) == 2


def test_the_interpreter_of_the_environment_is_given(tree: Path) -> None:
    assert ensure(tree) == environment.python_of(tree / ".venv")


def test_an_environment_of_another_python_is_not_ours(tmp_path: Path) -> None:
    environment.python_of(tmp_path).parent.mkdir()
    environment.python_of(tmp_path).touch()
    (tmp_path / "pyvenv.cfg").write_text("home = x\nversion = 3.9.18\n", encoding="utf-8")

    assert not environment._is_of_this_python(tmp_path)


def test_without_ensurepip_pip_and_debian_the_person_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "has_ensurepip", lambda: False)
    monkeypatch.setattr(environment, "_foreign_pip_version", lambda: (0,))
    monkeypatch.setattr(system, "fetch_pip", lambda folder: None)

    with pytest.raises(SetupError):
        environment._make(tmp_path / ".venv", fresh=True)


def test_without_ensurepip_a_pip_beside_this_python_fills_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "has_ensurepip", lambda: False)
    monkeypatch.setattr(environment, "_foreign_pip_version", lambda: (23, 0))

    pip = environment._make(tmp_path / ".venv", fresh=True)

    assert pip[-2:] == ["--python", str(environment.python_of(tmp_path / ".venv"))]
    assert environment.python_of(tmp_path / ".venv").exists()


def test_an_ordinary_user_gets_one_line_to_paste(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "missing_packages", lambda: ["libegl1", "python3-venv"])
    monkeypatch.setattr("system.shutil.which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr("system.os.geteuid", lambda: 1000)

    system.complete()

    lines = capsys.readouterr().err.splitlines()
    assert lines[1].strip() == "sudo apt-get install -y --no-install-recommends libegl1 python3-venv"


def test_root_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(system, "missing_packages", lambda: ["libegl1"])
    monkeypatch.setattr("system.shutil.which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr("system.os.geteuid", lambda: 0)
    monkeypatch.setattr(system, "_apt", asked.append)

    system.complete()

    assert asked == [["libegl1"]]


def test_a_system_that_is_not_debians_gets_the_names_of_the_libraries(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda wanted: ["libEGL.so.1"])
    monkeypatch.setattr("system.shutil.which", lambda program: None)

    system.complete()

    assert "libEGL.so.1" in capsys.readouterr().err


def test_a_library_that_is_not_there_is_missed() -> None:
    assert system.missing_libraries({"libc.so.6": "libc6", "libnobody.so.9": "x"}) == ["libnobody.so.9"]


@pytest.mark.parametrize("verb", sorted([*verbs.SCRIPTS, *verbs.FOLDERS]))
def test_a_verb_without_its_script_says_so_and_exits_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)

    assert verbs.main([verb]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["nonsense"], 2)])
def test_wrong_usage_shows_the_verbs(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int) -> None:
    assert verbs.main(arguments) == code

    said = capsys.readouterr()
    assert "demo [DIR] [--no-window]" in said.out + said.err


def test_without_a_display_the_demo_runs_without_its_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def start(python: Path, given: list[str], root: Path) -> int:
        asked.append(given)
        return 0

    monkeypatch.setattr(environment, "ensure", lambda root: tmp_path)
    monkeypatch.setattr(system, "window_opens", lambda: False)
    monkeypatch.setattr(verbs, "_cloison", start)
    monkeypatch.setattr(verbs, "REAL_TEXT", tmp_path / "text.txt")

    assert verbs.main(["demo", "somewhere"]) == 0
    assert asked == [["demo", "somewhere", "--no-window"]]


def test_a_text_that_lies_beside_the_project_goes_into_the_demo(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []
    text = tmp_path / "text.txt"
    text.write_text("Texte.", encoding="utf-8")

    def start(python: Path, given: list[str], root: Path) -> int:
        asked.append(given)
        return 0

    monkeypatch.setattr(environment, "ensure", lambda root: tmp_path)
    monkeypatch.setattr(system, "window_opens", lambda: True)
    monkeypatch.setattr(verbs, "_cloison", start)
    monkeypatch.setattr(verbs, "REAL_TEXT", text)

    assert verbs.main(["demo"]) == 0
    assert verbs.main(["demo", "--text", "mine.txt"]) == 0
    assert asked == [["demo", "--text", str(text)], ["demo", "--text", "mine.txt"]]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([], ["bench_a.py", "bench_b.py"], id="all of them"),
        pytest.param(["bench_b", "3"], ["bench_b.py 3"], id="one by its name, with its arguments"),
    ],
)
def test_a_folder_of_measurements_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], expected: list[str]
) -> None:
    folder = tmp_path / "tests" / "benchmarks"
    folder.mkdir(parents=True)
    log = tmp_path / "log"
    for name in ("bench_a.py", "bench_b.py"):
        code = f"import sys, pathlib\nwith open({str(log)!r}, 'a') as log:\n"
        code += "    log.write(' '.join([pathlib.Path(__file__).name, *sys.argv[1:]]) + '\\n')\n"
        (folder / name).write_text(code, encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ensure", lambda root: Path(sys.executable))

    assert verbs.main(["bench", *given]) == 0
    assert log.read_text(encoding="utf-8").splitlines() == expected
