"""Nothing of a note is in clear on the disk: the folder is searched after every act, in every form text may take."""

import base64
import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.notes.note import Note
from cloison.vault.founding import CreatedVault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.unlocking import PassphraseSecret
from cloison.vault.vault import Vault
from cloison_crypto.slots import LOWEST
from markers import leaks

TITLE, BODY, NAME, NUMBER = "TitreOuragan", "CorpsOuragan", "NomOuragan", "NumeroOuragan"
PASSPHRASE = "huit mots au hasard"


def flate(content: bytes) -> bytes:
    """Bare flate, without a head."""
    made = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return made.compress(content) + made.flush()


def zipped(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a name", content)
    return held.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        f"avant {BODY} après".encode(),
        BODY.encode("utf-16"),
        base64.b64encode(f"x{BODY}y".encode()),
        base64.b64encode(f"xy{BODY}".encode()),
        b"junk" + zlib.compress(f"avant {BODY} après".encode() * 100),
        b"junk" + gzip.compress(f"avant {BODY} après".encode() * 100),
        b"stream\n" + flate(f"avant {BODY} après".encode() * 100),
        zipped(f"avant {BODY} après".encode() * 100),
    ],
    ids=["plain", "utf-16", "base64 off by one", "base64 off by two", "zlib", "gzip", "flate in a PDF", "zip"],
)
def test_scan_finds_what_is_there(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)

    assert leaks(tmp_path, BODY) == ["file"]


def test_nothing_is_in_clear_on_the_disk_after_any_act(
    tmp_path: Path,
    make: Callable[..., CreatedVault],
    write: Callable[..., Note],
    facts: Callable[[Note], RevisionFacts],
    reopen: Callable[[], Vault],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "temporary").mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(tmp_path / "temporary"))
    note = write(TITLE, BODY, f"{BODY} {'mot ' * 50_000}")
    scans: list[tuple[str, list[str]]] = []

    def scan(act: str) -> None:
        scans.append((act, leaks(tmp_path, TITLE, BODY, NAME, NUMBER, PASSPHRASE)))

    vault = make(tmp_path / "officier.cloison").vault
    compartment = vault.add_compartment(NAME)
    scan("made")
    compartment.drafts.save(note)
    scan("draft")
    with compartment.transaction():
        compartment.notes.save(note, facts(note))
        scan("inside a transaction")
        compartment.chain.append(BODY.encode(), digest=os.urandom(32), kind="A", number=NUMBER, at="")
    scan("saved")
    for _ in range(30):
        compartment.notes.save(note, facts(note))
    scan("saved many times")
    assert len(compartment.notes.search(BODY, limit=5)) == 1
    scan("searched")
    assert vault.check() == ()
    scan("checked")
    vault.close_compartment(compartment.id)
    scan("compartment closed")
    same = bytearray(PASSPHRASE.encode())
    vault.ways.change_passphrase(PassphraseSecret(passphrase=same), same, LOWEST)
    scan("passphrase changed")
    vault.close()
    scan("closed")
    again = reopen()
    assert again.compartment(compartment.id).notes.get(note.uid).note == note
    scan("open again")

    assert [act for act, found in scans if found] == []
