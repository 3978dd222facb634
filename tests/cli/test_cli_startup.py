"""What a run of the command line loads: a whole process each time, since here everything is loaded already."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = {"PIL", "docx", "fontTools", "pikepdf", "reportlab", "segno", "uharfbuzz"}
DEVICES = {"keyring", "pkcs11", "cloison.keystore.smart_card", "cloison.keystore.system_keyring"}
VAULT = {"lxml", "sqlcipher3", "cloison.actions.session", "cloison.labels.policy", "cloison.vault.vault"}
ERRORS = {"cloison.cli.exit_codes", "cloison.cli.usage", "cloison.wording.errors"}
VERSION = {"email", "importlib.metadata"}
CIPHERS = {"cryptography", "cloison_crypto.age", "cloison_crypto.secrets"}
NOTHING = PAGES | DEVICES | VAULT | ERRORS
PROGRAM = (
    "import sys; from cloison.__main__ import main; code = main(sys.argv[1:]); "
    "sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"
)


def loaded(folder: Path, *words: str) -> set[str]:
    """The modules there are at the end of a run that did what was asked, in a home without settings."""
    surroundings = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    run = [sys.executable, "-c", PROGRAM, *words]
    done = subprocess.run(run, cwd=folder, env=surroundings, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        ("--version", NOTHING | CIPHERS),
        ("--help", NOTHING | CIPHERS | VERSION),
        ("settings show", NOTHING | CIPHERS | VERSION),
        ("age --help", NOTHING | VERSION),
        ("note --help", PAGES | DEVICES | ERRORS | VERSION),
    ],
)
def test_a_run_loads_nothing_that_it_does_not_need(tmp_path: Path, words: str, unneeded: set[str]) -> None:
    assert loaded(tmp_path, *words.split()) & unneeded == set()


def test_age_files_are_made_and_read_without_a_vault_being_loaded(tmp_path: Path) -> None:
    made = loaded(tmp_path, "age", "keygen", "-o", "key")
    recipient = (tmp_path / "key").read_text().split("public key: ")[1].split()[0]
    (tmp_path / "plain").write_bytes(b"un")

    sealed = loaded(tmp_path, "age", "encrypt", "-r", recipient, "-o", "sealed", "plain")
    opened = loaded(tmp_path, "age", "decrypt", "-i", "key", "-o", "again", "sealed")

    assert (tmp_path / "again").read_bytes() == b"un"
    # Typer itself asks for the versions of what checks its values.
    assert (made | sealed | opened) & NOTHING == set()


def test_what_a_run_needs_is_seen_to_be_loaded(tmp_path: Path) -> None:
    assert {"lxml", "cryptography", "cloison.labels.policy"} <= loaded(tmp_path, "label", "--help")
    assert loaded(tmp_path, "--version") >= VERSION
