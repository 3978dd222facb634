"""The sentences of dissemination: the verb of the progress bar, and what was done in the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cloison.actions.medium import Medium, medium_of
from cloison.actions.seal_note import Sealed
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.ui.dissemination.batch_sealing import NoteOutcome
from cloison.ui.outcome import Step
from cloison.wording.catalogue import Catalogue

_MOST_NAMED: Final = 2


def sealing_verb(step: Step, words: Catalogue) -> str:
    """How far sealing is."""
    return words.text("Sealing: {done} of {total} packages written…", done=step.done, total=step.total)


def sealed_sentence(policy: Policy, packages: Sequence[Sealed], words: Catalogue) -> str:
    """What was written where, under which numbers, and what to do now."""
    if len(packages) > _MOST_NAMED:
        # The table on the page lists them all.
        return _summary(len(packages), packages[0].path.parent, words)
    lines = [
        words.text(
            "{number}  {recipient}: {banner}, {file}",
            number=one.number,
            recipient=one.recipient,
            banner=strip(policy, one.label, words.language),
            file=one.path.name,
        )
        for one in packages
    ]
    return "\n".join((_head(packages, words), *lines, removal_sentence(medium_of(packages[0].path.parent), words)))


def finished_sentence(count: int, words: Catalogue) -> str:
    """What a session that ended too early had left behind; empty where it had left nothing."""
    if not count:
        return ""
    return words.plural(
        "{count} package that an interrupted sealing had left here, registered and whole, has its name now.",
        "{count} packages that an interrupted sealing had left here, registered and whole, have their names now.",
        count,
    )


def batch_sentence(outcomes: Sequence[NoteOutcome], folder: Path, words: Catalogue) -> str:
    """How many of the notes were sealed, in how many packages, entered where, and what to do now."""
    packages = sum(len(one.sealed) for one in outcomes)
    unsealed = sum(not one.sealed for one in outcomes)
    said = [_summary(packages, folder, words)] if packages else []
    if unsealed:
        said.insert(
            0,
            words.plural(
                "{count} note was not sealed: its line says why.",
                "{count} notes were not sealed: their lines say why.",
                unsealed,
            ),
        )
    return " ".join(said)


def _summary(count: int, folder: Path, words: Catalogue) -> str:
    written = words.plural(
        "{count} package was written to “{folder}”, read back, and entered in the register of dispatches.",
        "{count} packages were written to “{folder}”, read back, and entered in the register of dispatches.",
        count,
        folder=folder,
    )
    return f"{written} {removal_sentence(medium_of(folder), words)}"


def _head(packages: Sequence[Sealed], words: Catalogue) -> str:
    return words.plural(
        "{count} package was written to “{folder}”, read back, and entered in the register of dispatches:",
        "{count} packages were written to “{folder}”, read back, and entered in the register of dispatches:",
        len(packages),
        folder=packages[0].path.parent,
    )


def removal_sentence(medium: Medium | None, words: Catalogue) -> str:
    """What to do with the medium, which is named where the system knows it."""
    if medium is None:
        return words.text("Remove the medium before you hand it over.")
    return words.text(
        "All of it is on the medium. Unmount “{place}” ({device}), then remove the medium before you hand it over.",
        place=medium.place,
        device=medium.device,
    )
