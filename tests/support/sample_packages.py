"""Three packages as they travel, and whatever can be done to one byte of each: what is opened of it must be nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cloison.actions.paper import Letterhead, PaperCopy, page_model
from cloison.dissemination.checks import Receiver
from cloison.dissemination.errors import ForgedPackageError, NotForMeError
from cloison.dissemination.manifest import ATTACHED_TYPE
from cloison.dissemination.opening import open_package
from cloison.dissemination.sealing import Content, contents
from cloison.notes.attachment import attachment_of
from cloison.notes.portion import attachment_portion
from cloison.notes.release import Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.rendering.page import CopyNumber
from cloison.rendering.pdf import draw
from forge import IMAGE, NOW, POLICY, RENDITION, TABLE, label, manifest, package, sealed_under
from service import words_for

PLAN = b"un plan"
ATTACHED = attachment_portion(
    attachment_of(name="plan.pdf", size=len(PLAN), content="ab" * 16), randomness=os.urandom, label=label("[S]")
)
HEADER = 2_000
"""The header of either suite, and a little more: 1,780 bytes in suite 2, some 1,800 in suite 1."""
Tried = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Sample:
    """A package, and the rendition it opens as."""

    name: str
    sealed: bytes
    rendition: Rendition


def samples() -> tuple[Sample, ...]:
    """A note of text under each suite, and one with a table, an image and an attachment."""
    with_objects = replace(RENDITION, portions=(*RENDITION.portions, TABLE, IMAGE), attachments=(ATTACHED,))
    return (
        Sample("text under suite 1", sealed_as(RENDITION, 1), RENDITION),
        Sample("text under suite 2", sealed_as(RENDITION, 2), RENDITION),
        Sample("table, image and attachment under suite 1", sealed_as(with_objects, 1), with_objects),
    )


def sealed_as(rendition: Rendition, suite: int) -> bytes:
    """The package of ``rendition``, with the very pages it is printed on."""
    copy = PaperCopy(holder="Lecteur", copy_id="ef" * 16, registration=None, number=CopyNumber(number=1, total=1))
    letterhead = Letterhead(authority="Officier", at=NOW, words=words_for("fr"))
    attached = tuple(Content(name=one.text, media_type=ATTACHED_TYPE, content=PLAN) for one in rendition.attachments)
    pdf = draw(page_model(POLICY, rendition, copy, letterhead))
    note_files = contents(pdf=pdf, note=rendition_to_bytes(rendition), label=rendition.label, attached=attached)
    files = (*note_files, *attached)
    whole = replace(manifest(rendition, files), suite=suite)
    return package(whole, files, signed_under=suite, seal=sealed_under(suite))


def changes(sealed: bytes, *, positions: range, masks: tuple[int, ...]) -> Iterator[Tried]:
    """The package with one byte at each of ``positions`` changed by each of ``masks``."""
    whole = bytearray(sealed)
    for position in positions:
        for mask in masks:
            whole[position] ^= mask
            yield f"byte {position} ^ {mask:#04x}", bytes(whole)
            whole[position] ^= mask


def truncations(sealed: bytes, *, lengths: range) -> Iterator[Tried]:
    """The beginning of the package, so many bytes of it."""
    for length in lengths:
        yield f"{length} bytes", sealed[:length]


def opened_all_the_same(tried: Iterator[Tried], checks: Receiver) -> list[str]:
    """Which of them were opened, or failed otherwise than a damaged package may; none at all is right."""
    return [name for name, sealed in tried if not _is_refused(sealed, checks)]


def _is_refused(sealed: bytes, checks: Receiver) -> bool:
    try:
        open_package(sealed, checks)
    except (ForgedPackageError, NotForMeError):
        return True
    return False
