"""The virtual environment beside pyproject.toml: made once as locked, and again when what it stands on changed.

Two files in it tell its state. With the mark `cloison-setting-up` an earlier run was interrupted, and all of it is made
again; with a stamp equal to today's fingerprint it is ready, and nothing is done.
"""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
LOCK = "packaging/requirements.lock"
OLDEST_FOREIGN_PIP = (22, 3)  # The first with `--python`.
_QUIET = ("install", "--quiet", "--disable-pip-version-check", "--no-input")


class SetupError(Exception):
    """The tree cannot be set up; the text says in a sentence what to do."""


def python_of(folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def ensure(root: Path = ROOT) -> Path:
    """Make the environment unless it is ready, and give its interpreter; raises `SetupError`."""
    folder = root / ".venv"
    stamp, mark = folder / "cloison-stamp", folder / "cloison-setting-up"
    wanted = _fingerprint(root)
    if not mark.exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python_of(folder)
    system.complete()
    print("Setting up .venv (a few minutes the first time) …", file=sys.stderr, flush=True)
    installer = _make(folder, fresh=mark.exists() or not _is_of_this_python(folder))
    mark.touch()
    _install(installer, root)
    stamp.write_text(wanted, encoding="ascii")
    mark.unlink()
    return python_of(folder)


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256(f"{sys.version} {sys.base_prefix} {root}".encode())
    for name in (LOCK, "pyproject.toml", "packaging/build_hook.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _is_of_this_python(folder: Path) -> bool:
    written = folder / "pyvenv.cfg"
    if not written.is_file() or not python_of(folder).exists():
        return False
    version = re.search(r"^version *= *(\S+)", written.read_text(encoding="utf-8"), re.MULTILINE)
    return version is not None and version[1].startswith("{}.{}.{}".format(*sys.version_info))


def _make(folder: Path, *, fresh: bool) -> list[str]:
    """Make the environment where it is not there, or anew; the command that is its pip."""
    own = [str(python_of(folder)), "-m", "pip"]
    if not fresh and _runs([*own, "--version"]):
        return own
    if system.has_ensurepip():
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(folder)
        return own
    # Without ensurepip an environment has no pip of its own, but one from outside can fill it.
    outside = _pip_from_outside()
    venv.EnvBuilder(clear=True, with_pip=False, symlinks=os.name != "nt").create(folder)
    if outside:
        return [*outside, "--python", str(python_of(folder))]
    if not _installs_pip_of_debian(python_of(folder)):
        raise SetupError("This Python can install nothing, for want of ensurepip or pip: paste the line above first.")
    return own


def _installs_pip_of_debian(python: Path) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        wheel = system.fetch_pip(Path(folder))
        # A wheel is a zip file, and Python runs what lies in one.
        command = [sys.executable, f"{wheel}/pip", "--python", str(python), *_QUIET, "--no-index", str(wheel)]
        return wheel is not None and _runs(command)


def _pip_from_outside() -> list[str]:
    return [sys.executable, "-m", "pip"] if _foreign_pip_version() >= OLDEST_FOREIGN_PIP else []


def _foreign_pip_version() -> tuple[int, ...]:
    if importlib.util.find_spec("pip") is None:
        return (0,)
    said = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"pip (\d+)\.(\d+)", said.stdout)
    return (int(version[1]), int(version[2])) if version else (0,)


def _install(pip: list[str], root: Path) -> None:
    locked = ["--require-hashes", "--only-binary=:all:", "--no-deps", "-r", str(root / LOCK)]
    if not _runs([*pip, *_QUIET, *locked], loud=True):
        raise SetupError("The locked packages could not be installed: see pip's own words above.")
    editable = ["--no-build-isolation", "--no-deps", "--no-index", "--editable", str(root)]
    if not _runs([*pip, *_QUIET, *editable], loud=True):
        raise SetupError("The project itself could not be installed: see pip's own words above.")


def _runs(command: list[str], *, loud: bool = False) -> bool:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=not loud, check=False)
    except OSError:
        return False
    return done.returncode == 0
