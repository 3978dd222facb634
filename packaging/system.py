"""What the operating system must bring before a virtual environment helps: pip's installer, and the libraries of Qt."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

# Which Debian package brings each shared library that the Qt wheels want from the system (their NEEDED entries), itself
# or through what it depends on: these few bring all of them on Debian 12 and 13 (tried).
HEADLESS_LIBRARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libX11.so.6": "libgl1",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libfreetype.so.6": "libfontconfig1",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libgthread-2.0.so.0": "libglib2.0-0",
        "libxkbcommon.so.0": "libxkbcommon-x11-0",
    }
)
WINDOW_LIBRARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "libX11-xcb.so.1": "libegl1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-glx.so.0": "libgl1",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-cursor0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libegl1",
        "libxcb-render-util.so.0": "libxcb-cursor0",
        "libxcb-render.so.0": "libxcb-cursor0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-cursor0",
        "libxcb-sync.so.1": "libegl1",
        "libxcb-util.so.1": "libxcb-cursor0",
        "libxcb-xfixes.so.0": "libegl1",
        "libxcb-xkb.so.1": "libxkbcommon-x11-0",
        "libxcb.so.1": "libxcb-cursor0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    }
)
ALL_LIBRARIES: Final[Mapping[str, str]] = MappingProxyType({**HEADLESS_LIBRARIES, **WINDOW_LIBRARIES})


def missing_libraries(wanted: Mapping[str, str]) -> list[str]:
    """The shared libraries among `wanted` that do not load here; none on Windows and macOS, whose wheels are whole."""
    if sys.platform != "linux":
        return []
    return [name for name in wanted if not _loads(name)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def qt_loads() -> bool:
    """Whether Qt can be loaded here, if only without a screen."""
    return not missing_libraries(HEADLESS_LIBRARIES)


def window_opens() -> bool:
    """Whether a window can be shown: the libraries are there, and so is a display."""
    if sys.platform != "linux":
        return True
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return has_display and qt_loads() and not missing_libraries(WINDOW_LIBRARIES)


def has_ensurepip() -> bool:
    """Whether this Python can give a virtual environment its pip; Debian's cannot without python3-venv."""
    return importlib.util.find_spec("ensurepip") is not None


def missing_packages() -> list[str]:
    """The Debian packages that bring what is missing, each once."""
    packages = [ALL_LIBRARIES[name] for name in missing_libraries(ALL_LIBRARIES)]
    return sorted({*packages, *([] if has_ensurepip() else ["python3-venv"])})


def complete() -> None:
    """As root on Debian or Ubuntu, install what is missing; as anybody else, print the one line that does.

    Comes back either way: what needs it says so itself.
    """
    packages = missing_packages()
    if not packages:
        return
    if shutil.which("apt-get") is None:
        libraries = ", ".join(missing_libraries(ALL_LIBRARIES))
        print(f"This system is not Debian's: install these yourself for the window: {libraries}.", file=sys.stderr)
    elif os.geteuid() == 0:
        print(f"Installing what this system lacks: {' '.join(packages)}", file=sys.stderr, flush=True)
        _apt(packages)
    else:
        print("This system lacks what only its administrator can install. Paste this line:", file=sys.stderr)
        print(f"    {line_to_paste(packages)}", file=sys.stderr, flush=True)


def line_to_paste(packages: list[str]) -> str:
    """The command with which an administrator installs these Debian packages."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def fetch_pip(folder: Path) -> Path | None:
    """Debian's own wheel of pip, fetched into `folder` without being root from the mirror this system trusts.

    None where there is no apt, or where it has no mirror.
    """
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return None
    state = [f"-oDir::State::lists={folder}", f"-oDir::Cache={folder}", "-oDebug::NoLocking=1"]
    download = ["apt-get", "-q", "download", "python3-pip-whl"]
    # The system's lists will do where it has some; a fresh system has none, and a person may not write them.
    if not _quietly(download, folder):
        _quietly(["apt-get", *state, "-q", "update"], folder)
        _quietly(["apt-get", *state, *download[1:]], folder)
    for package in folder.glob("python3-pip-whl_*.deb"):
        _quietly(["dpkg-deb", "-x", str(package), str(folder)], folder)
    return next(folder.glob("usr/share/python-wheels/pip-*.whl"), None)


def _quietly(command: list[str], folder: Path) -> bool:
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode == 0


def _apt(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
        if done.returncode != 0:
            print(f"`{' '.join(command)}` failed; going on with what there is.", file=sys.stderr)
    importlib.invalidate_caches()
