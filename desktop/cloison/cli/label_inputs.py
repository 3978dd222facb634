"""From words on the line to what ``labels`` knows: policies, labels, clearances, as typed marks or in files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.label_files import PolicyFile, read_clearance, read_marked
from cloison.cli.inputs import is_file, read_file
from cloison.labels.clearance import Clearance
from cloison.labels.errors import MarkError
from cloison.labels.label import Label
from cloison.labels.library import PolicySet
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.wording.catalogue import N_

PolicyFiles = Annotated[
    list[Path] | None, typer.Option("--policy", metavar="P.xml", help=N_("A policy file; else the built-in policies."))
]
"""The option that names policy files."""


def policy_files(files: Sequence[Path]) -> tuple[PolicyFile, ...]:
    """Policy files, read."""
    return tuple(PolicyFile(name=file.name, content=read_file(file)) for file in files)


def mark_or_label(given: str, policies: PolicySet, policy: Policy, *, now: datetime) -> Label:
    """A typed mark of ``policy``, or the label in a file; raises ``MarkError`` where it is neither.

    A file that says it was made later than ``now`` is taken as made now: a mark that falls until then has not fallen.
    One that names no file of its policy, or none that is at hand, is taken under the one that answers for it here.
    """
    try:
        return read_mark(policy, given, created=now)
    except MarkError:
        if not is_file(given):
            raise
    marked = read_marked(policies, read_file(Path(given)), now=now)
    own = marked.policy
    return replace(
        marked.label, policy_version=own.version, policy_digest=own.digest, created=min(marked.label.created, now)
    )


def mark_or_clearance(given: str, policies: PolicySet, policy: Policy) -> Clearance:
    """A typed mark, for that level and all below it, or the clearance in a file; raises ``MarkError``."""
    try:
        return Clearance.from_mark(policy, given)
    except MarkError:
        if not is_file(given):
            raise
    return read_clearance(policies, read_file(Path(given)))[1]
