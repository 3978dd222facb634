"""Labels and clearances as files, under policies as files: showing, checking, combining, reading a typed mark.

No vault is needed. A label is always taken in the terms of its own policy, found among those that are at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.clearance import Clearance, clearance_from_xml
from cloison.labels.decision import Decision, Rule, decide
from cloison.labels.elements import CategoryRef
from cloison.labels.errors import (
    LabelError,
    MarkError,
    MarkFault,
    UnknownCategoryError,
    UnknownClassificationError,
    XmlError,
)
from cloison.labels.label import Label, LabelWarning, read_label
from cloison.labels.library import PolicySet, built_in_policies
from cloison.labels.mapping import trace_label
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.labels.resolution import resolve, resolve_clearance
from cloison.labels.rollup import RollUp, roll_up
from cloison.labels.spif import policy_from_spif
from cloison.labels.validity import Reason, ValidityRule, check


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """The bytes of a policy file, and the name it goes by in messages."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A label in the terms of its policy, what was let pass while reading it, and what mapping it left out."""

    policy: Policy
    label: Label
    warnings: tuple[LabelWarning, ...] = ()
    discarded: tuple[CategoryRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What checking a label found.

    ``marked`` is None where nothing can be rendered: its policy does not know what it bears, or, with ``fault``, the
    file holds no label that could be judged. ``decision`` is None where nobody was named to decide for.
    """

    marked: Marked | None
    reasons: tuple[Reason, ...]
    decision: Decision | None
    fault: XmlError | LabelError | None = None

    @property
    def is_valid(self) -> bool:
        """Whether nothing was found against the label."""
        return self.fault is None and not self.reasons


def policies_from(files: Sequence[PolicyFile]) -> PolicySet:
    """The policies in ``files``, or the built-in ones where there is no file; raises ``XmlError``, ``PolicyError``."""
    if not files:
        return built_in_policies()
    return PolicySet(policy_from_spif(file.content, source=file.name) for file in files)


def read_marked(policies: PolicySet, content: bytes, *, now: datetime) -> Marked:
    """The label in a file; one without creation time gets ``now``. Raises ``XmlError``, ``LabelError``."""
    read = read_label(content, created_if_absent=now)
    policy, label = resolve(policies, read.label)
    return Marked(policy=policy, label=label, warnings=read.warnings)


def map_marked(policies: PolicySet, marked: Marked, target: Policy) -> Marked:
    """The label in another policy, as both say it is worth; raises ``MappingError``, ``InvalidMappingError``."""
    mapped = trace_label(policies, marked.label, target)
    return Marked(policy=target, label=mapped.label, warnings=marked.warnings, discarded=mapped.discarded)


def read_clearance(policies: PolicySet, content: bytes) -> tuple[Policy, Clearance]:
    """The clearance in a file, in the terms of its policy; raises ``XmlError``, ``ClearanceError``, ``LabelError``."""
    return resolve_clearance(policies, clearance_from_xml(content))


def judge_label(
    policies: PolicySet,
    content: bytes,
    *,
    clearance: Clearance | None,
    nationality: str | None,
    now: datetime,
) -> Judgement:
    """Whether the label in a file is valid now and, where somebody is described, whether they may read what bears it.

    What is no label at all, or of a policy that is not at hand, is denied to everybody like any other fault.
    """
    is_asked = clearance is not None or nationality is not None
    try:
        marked = read_marked(policies, content, now=now)
    except (UnknownClassificationError, UnknownCategoryError) as error:
        refused = Decision(permitted=False, rule=Rule.INVALID_LABEL, element=error.value)
        reasons = (_unknown_element(error),)
        return Judgement(marked=None, reasons=reasons, decision=refused if is_asked else None)
    except (XmlError, LabelError) as error:
        refused = Decision(permitted=False, rule=Rule.INVALID_LABEL)
        return Judgement(marked=None, reasons=(), decision=refused if is_asked else None, fault=error)
    decision = decide(
        marked.policy,
        marked.label,
        clearance=clearance,
        nationality=nationality,
        need_to_know=frozenset(),
        needed=frozenset(),
        now=now,
    )
    return Judgement(
        marked=marked,
        reasons=check(marked.policy, marked.label, now=now, new=False),
        decision=decision if is_asked else None,
    )


def combine_labels(policies: PolicySet, contents: Sequence[bytes], *, now: datetime) -> tuple[Policy, RollUp]:
    """What the labels in several files are worth together, under the policy of the first.

    Raises ``XmlError``, ``LabelError``, ``UnusableLabelError`` for one of another policy, ``EmptyRollUpError``.
    """
    read = [read_marked(policies, content, now=now) for content in contents]
    policy = read[0].policy if read else next(iter(policies.values()))
    return policy, roll_up(policy, [one.label for one in read], created=now)


def label_from_mark(policies: PolicySet, mark: str, *, now: datetime, first: str | None = None) -> Marked:
    """The label a typed mark names under one of the policies; raises ``MarkError``, also where several know it.

    The policy named ``first`` has the first word, where it is there and understands the mark; where no other does
    either, it says what is wrong.
    """
    own = None if first is None else policies.named(first)
    found: list[Marked] = []
    refused: list[MarkError] = []
    if own is not None:
        try:
            return Marked(policy=own, label=read_mark(own, mark, created=now))
        except MarkError as error:
            if error.fault not in (MarkFault.NO_LEVEL, MarkFault.UNKNOWN):
                raise
            refused.append(error)
    for policy in {one.digest: one for one in policies.values()}.values():
        try:
            found.append(Marked(policy=policy, label=read_mark(policy, mark, created=now)))
        except MarkError as error:
            refused.append(error)
    if len(found) > 1:
        names = [one.policy.name for one in found]
        raise MarkError(mark, MarkFault.AMBIGUOUS, element=mark, choices=names)
    if not found:
        raise next((one for one in refused if one.fault is not MarkFault.NO_LEVEL), refused[0])
    return found[0]


def _unknown_element(error: UnknownClassificationError | UnknownCategoryError) -> Reason:
    rule = ValidityRule.UNKNOWN_CATEGORY
    if isinstance(error, UnknownClassificationError):
        rule = ValidityRule.UNKNOWN_CLASSIFICATION
    return Reason(rule=rule, element=error.value, path=error.path, other=error.path)
