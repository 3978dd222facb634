"""The system keyring: a real one under a bus of its own, absent, locked; a hostile environment loads nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.keystore.errors import KeyringAbsentError
from cloison.keystore.system_keyring import SystemKeyring

Tool = Callable[[str, str], str]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Secret Service is the keyring of Linux")
BEGINNING = (
    "import sys\n"
    "from cloison.keystore.errors import KeystoreError\n"
    "from cloison.keystore.system_keyring import SystemKeyring, SERVICE, _backend\n"
    "ring = SystemKeyring()\n"
    "def told(act):\n"
    "    try: print(act())\n"
    "    except KeystoreError as error: print(type(error).__name__)\n"
)
UNLOCKED = 'printf "essai\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'


def seen(command: list[str], code: str, home: Path, **variables: str) -> list[str]:
    """The lines that a process of its own prints."""
    # What the process runs counts as tested, as everywhere.
    kept = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG") or name.startswith("COV")}
    folders = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    run = subprocess.run(
        [*command, sys.executable, "-c", BEGINNING + code],
        capture_output=True,
        text=True,
        timeout=60,
        env={**kept, **folders, **variables},
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def real(tool: Tool) -> list[str]:
    """The beginning of a command under a bus of its own with a real keyring, unlocked."""
    bus = tool("dbus-run-session", "apt install dbus")
    tool("gnome-keyring-daemon", "apt install gnome-keyring")
    return [bus, "--", "sh", "-c", UNLOCKED, "sh"]


@ON_LINUX
def test_real_keyring_keeps_a_secret_and_forgets_it(real: list[str], home: Path) -> None:
    code = (
        "told(lambda: ring.read('a/b'))\n"
        "ring.write('a/b', bytes(range(32)))\n"
        "ring.write('a/c', bytes(32))\n"
        "told(lambda: SystemKeyring().read('a/b') == bytearray(range(32)))\n"
        "ring.write('a/b', bytes(32))\n"
        "told(lambda: ring.read('a/b') == bytearray(32))\n"
        "ring.forget('a/b'); ring.forget('a/b')\n"
        "told(lambda: ring.read('a/b'))\n"
        "told(lambda: ring.read('a/c') == bytearray(32))\n"
    )

    assert seen(real, code, home) == ["KeyringEntryLostError", "True", "True", "KeyringEntryLostError", "True"]


@ON_LINUX
def test_entry_that_we_did_not_write_counts_as_lost(real: list[str], home: Path) -> None:
    code = (
        "for text in ('', 'secret', 'AAAA'):\n"
        "    _backend('linux').set_password(SERVICE, 'a/b', text)\n"
        "    told(lambda: ring.read('a/b'))\n"
    )

    assert seen(real, code, home) == ["KeyringEntryLostError"] * 3


@ON_LINUX
def test_locked_keyring_says_so(real: list[str], home: Path) -> None:
    code = (
        "import contextlib, secretstorage\n"
        "ring.write('a/b', bytes(32))\n"
        "with contextlib.closing(secretstorage.dbus_init()) as bus:\n"
        "    secretstorage.get_default_collection(bus).lock()\n"
        "told(lambda: ring.read('a/b'))\n"
        "told(lambda: ring.write('a/b', bytes(32)))\n"
        "told(lambda: ring.forget('a/b'))\n"
    )

    assert seen(real, code, home) == ["KeyringLockedError"] * 3


@ON_LINUX
@pytest.mark.parametrize(
    "variables",
    [{}, {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}, {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=localhost"}],
    ids=["no bus", "a bus that is gone", "a bus over the network"],
)
def test_machine_without_a_keyring_says_so(home: Path, variables: dict[str, str]) -> None:
    code = (
        "told(lambda: ring.read('a/b'))\ntold(lambda: ring.write('a/b', bytes(32)))\ntold(lambda: ring.forget('a/b'))\n"
    )

    assert seen([], code, home, **variables) == ["KeyringAbsentError"] * 3


def test_unknown_system_has_no_keyring() -> None:
    with pytest.raises(KeyringAbsentError):
        SystemKeyring("plan9").read("a/b")


@ON_LINUX
def test_no_foreign_class_is_loaded(real: list[str], home: Path) -> None:
    planted = home / "planted"
    (planted / "evil-1.0.dist-info").mkdir(parents=True)
    (planted / "evil-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (planted / "evil-1.0.dist-info" / "entry_points.txt").write_text("[keyring.backends]\nevil = evil\n")
    (planted / "evil.py").write_text(
        "import pathlib\nfrom keyring.backend import KeyringBackend\n"
        f"pathlib.Path({str(home / 'loaded')!r}).touch()\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 99\n    get_password = lambda *_: 'A' * 44\n    set_password = print\n"
    )
    config = home / "config" / "python_keyring"
    config.mkdir(parents=True)
    (config / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring=evil.Keyring\nkeyring-path={planted}\n")
    hostile = {
        "PYTHON_KEYRING_BACKEND": "evil.Keyring",
        "PYTHONPATH": str(planted),
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/other",
        "KEYRING_PROPERTY_GET_PASSWORD": "x",
    }
    code = (
        "ring.write('a/b', bytes(32))\n"
        "told(lambda: ring.read('a/b') == bytearray(32))\n"
        "print('evil' in sys.modules, vars(_backend('linux')))\n"
    )

    assert seen(real, code, home, **hostile) == ["True", "False {}"]
    assert not (home / "loaded").exists()
    # The trap itself snaps shut for whoever lets `keyring` choose.
    hostile.pop("KEYRING_PROPERTY_GET_PASSWORD")
    assert seen(real, "import keyring; print(keyring.get_password('a', 'b'))", home, **hostile) == ["A" * 44]
    assert (home / "loaded").exists()


def test_nothing_of_a_keystore_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys; import cloison.cli.app, cloison.vault.opening, cloison.keystore.keystores as k; k.Keystores(); "
        "loaded = {name.split('.')[0] for name in sys.modules}; "
        "print(sorted(loaded & {'keyring', 'pkcs11', 'secretstorage', 'jeepney'}))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
