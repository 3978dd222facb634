"""A process of its own that opens the largest packages there can be, and says how much memory it took.

``memory_of_opening.py make FOLDER KIND`` writes one and its keys; ``… open FOLDER KIND`` opens it as a receiver does,
and prints the outcome and the peak of the process in bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from age_worker import peak_mib
from cloison.actions.open_package import sealed_bytes
from cloison.dissemination.checks import Receiver
from cloison.dissemination.errors import DisseminationError
from cloison.dissemination.label_checks import Correspondent
from cloison.dissemination.manifest import MOST_CONTENT
from cloison.dissemination.opening import open_package
from cloison.dissemination.sealing import contents
from cloison.notes.image import image_of
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import image_portion
from cloison.notes.rendition import MOST_MARKS, MOST_RECEIVED, rendition_to_bytes
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import SecretKey
from forge import READER, RENDITION, SENDER, label, manifest, package, receiver, standing

SIDE = 1_120
"""Pixels of noise either way, which are nearly 4 MiB as a PNG."""
LEFT = 64 * 1024
"""What the label and its binding take beside the PDF and the note."""


def images() -> bytes:
    """As many of the largest images as travel."""
    noise = [write_png(Pixels(width=SIDE, height=SIDE, channels=3, data=os.urandom(SIDE * SIDE * 3))) for _ in range(3)]
    portions = [
        image_portion(image_of(png, description=""), randomness=os.urandom, label=label("[S]")) for png in noise
    ]
    return rendition_to_bytes(replace(RENDITION, portions=tuple(portions)))


def filled(values: bytes) -> bytes:
    """As much JSON as a note may be: all the values it may have, the rest one text."""
    text = b'"' + b"a" * (MOST_RECEIVED - len(values) - 4) + b'"'
    return b"[" + values + text + b"]"


NOTES: dict[str, Callable[[], bytes]] = {
    "images": images,
    "fields": lambda: filled(b"".join(b'{"%07d":1},' % number for number in range(MOST_MARKS // 2 - 2))),
    "lists": lambda: filled((b"[" * 30 + b"]" * 30 + b",") * (MOST_MARKS // 31 - 2)),
}


def make(folder: Path, kind: str) -> None:
    """Write the package, and the seeds of both parties."""
    note = NOTES[kind]()
    pdf = os.urandom(MOST_CONTENT - len(note) - LEFT)
    files = contents(pdf=pdf, note=note, label=RENDITION.label)
    folder.joinpath("package.pli").write_bytes(package(manifest(files=files), files))
    for name, identity in (("sender", SENDER), ("reader", READER)):
        with identity.seeds() as seeds:
            folder.joinpath(name).write_bytes(bytes(seeds.view))


def opened(folder: Path) -> str:
    """What came of it."""
    try:
        open_package(sealed_bytes(folder / "package.pli"), known(folder))
    except DisseminationError as error:
        return type(error).__name__
    return "opened"


def known(folder: Path) -> Receiver:
    """A receiver with the keys the package was made with."""
    sender, reader = (Identity(SecretKey.copy_of(folder.joinpath(name).read_bytes())) for name in ("sender", "reader"))
    correspondent = Correspondent(identity=sender.public, name="Expéditeur", standing=standing())
    return replace(receiver(me=reader), correspondents={sender.public.fingerprint: correspondent})


if __name__ == "__main__":
    verb, where, what = sys.argv[1:]
    if verb == "make":
        make(Path(where), what)
    else:
        outcome = opened(Path(where))
        # What the system accounts a child with includes the peak of whoever started it.
        peak = round(peak_mib() * 1024 * 1024)
        sys.stdout.write(f"{outcome} {peak}\n")
