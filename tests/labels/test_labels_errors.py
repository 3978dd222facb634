"""What an error says by itself, to whoever reads a trace: its facts, and no sentence."""

from __future__ import annotations

import pytest

from cloison.labels.errors import (
    DocumentTooLargeError,
    InvalidDowngradeError,
    InvalidMappingError,
    LabelsError,
    MalformedXmlError,
    MarkError,
    MarkFault,
    NotADowngradeError,
    NotALabelError,
    UnusableLabelError,
)
from cloison.labels.validity import Reason, ValidityRule

REASON = Reason(rule=ValidityRule.EXPIRED, element="NATO", path="@notAfter")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DocumentTooLargeError(size=9, limit=8), "9 bytes, 8 at most"),
        (MalformedXmlError(line=7), "line 7"),
        (NotALabelError("", "root"), "in /: 'root'"),
        (NotALabelError("a[1]", "b"), "in a[1]: 'b'"),
        (UnusableLabelError(index=3, reason=REASON), f"label 3: {REASON}"),
        (InvalidMappingError("NATO", [REASON]), f"NATO: {REASON}"),
        (InvalidDowngradeError("NATO", [REASON]), f"NATO: {REASON}"),
        (NotADowngradeError(before="SECRET", after="TRÈS SECRET"), "SECRET to TRÈS SECRET"),
        (MarkError("[X]", MarkFault.UNKNOWN, element="x"), "'[X]': unknown x"),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, LabelsError) else "",
)
def test_an_error_shows_its_facts(error: LabelsError, text: str) -> None:
    assert str(error) == text


def test_an_error_keeps_its_facts() -> None:
    large, unusable = DocumentTooLargeError(size=9, limit=8), UnusableLabelError(index=3, reason=REASON)
    assert (large.size, large.limit) == (9, 8)
    assert (unusable.index, unusable.reason) == (3, REASON)
    for error in (InvalidMappingError("NATO", [REASON]), InvalidDowngradeError("NATO", [REASON])):
        assert (error.policy, error.reasons) == ("NATO", (REASON,))
