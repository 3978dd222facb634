"""The manifest of a package, once its signature holds: what is read is in bounds and has one spelling."""

import json
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import fuzzing
from cloison.dissemination.errors import DisseminationError
from cloison.dissemination.manifest import NOTE_FILES, FileEntry, Manifest, check_files, manifest_from_bytes
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison_crypto import canonical
from cloison_crypto.fields import Json

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MOST = 8_000


def manifest(mark: str) -> Manifest:
    return Manifest(
        suite=1,
        sender="01" * 32,
        recipient="23" * 32,
        uid="45" * 16,
        life="67" * 16,
        serial=7,
        previous="89" * 32,
        at=NOW,
        note_uid="ab" * 16,
        reference="2026-00001",
        revision=2,
        copy_id="cd" * 16,
        label=read_mark(built_in("FR"), mark, created=NOW),
        is_reply_expected=True,
        files=tuple(FileEntry(name=name, media_type=kind, size=9, sha256="ef" * 32) for name, kind in NOTE_FILES),
    )


def changed(path: str, value: Json) -> bytes:
    """A manifest with one field replaced, in canonical form, as a sender could sign it."""
    whole = json.loads(manifest("[S]").to_bytes())
    *parents, last = path.split(".")
    place = whole
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    place[last] = value
    return canonical.write(whole)


SEEDS = (
    manifest("[S]").to_bytes(),
    manifest("[NP]").to_bytes(),
    replace(manifest("[S-SF]"), previous=None, serial=2**53 - 1, reference="é\U0001f512" * 9).to_bytes(),
    changed("format", "cloison/package/v2"),
    changed("suite", 0),
    changed("serial", -1),
    changed("sender", "AB" * 32),
    changed("uid", None),
    changed("at", "2026-11-22T00:00:00+00:00"),
    changed("label", "<a/>"),
    changed("label", manifest("[S]").label.to_xml().decode() + " "),
    changed("label", manifest("[S]").label.to_xml().decode().replace("><", "> <")),
    changed("policy.version", 9),
    changed("files", []),
    changed("files.0.size", 2**45),
    changed("files.1.name", "../../x"),
    changed("extra", [[[]]]),
    b"[" * 2_000 + b"]" * 2_000,
)


def check(data: bytes) -> None:
    try:
        found = manifest_from_bytes(data)
    except DisseminationError:
        return
    if found.to_bytes() != data:
        raise AssertionError("a manifest has two spellings")
    with suppress(DisseminationError):
        check_files(found)


if __name__ == "__main__":
    sys.exit(fuzzing.main(__file__))
