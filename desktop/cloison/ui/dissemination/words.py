"""The sentences of dissemination: the verb of the progress bar, and what was done in the end."""

from __future__ import annotations

from collections.abc import Sequence

from cloison.actions.seal_note import Sealed
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.ui.outcome import Step
from cloison.wording.catalogue import Catalogue


def sealing_verb(step: Step, words: Catalogue) -> str:
    """How far sealing is."""
    return words.text("Sealing: {done} of {total} packages written…", done=step.done, total=step.total)


def sealed_sentence(policy: Policy, packages: Sequence[Sealed], words: Catalogue) -> str:
    """What was written where, under which numbers, and what to do now."""
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
    folder = packages[0].path.parent
    head = words.plural(
        "{count} package was written to “{folder}”, read back, and entered in the register of dispatches:",
        "{count} packages were written to “{folder}”, read back, and entered in the register of dispatches:",
        len(packages),
        folder=folder,
    )
    return "\n".join((head, *lines, words.text("Remove the medium before you hand it over.")))
