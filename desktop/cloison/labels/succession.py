"""What takes over from a label by itself, and when.

A label keeps being stored as it was made; whoever decides, rolls up or shows asks what it is at the moment. So a
declassification needs nobody at the keyboard, and a clock set back shows the old marking again rather than none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cloison.labels.label import Label, same_marking


def in_force(label: Label, *, now: datetime) -> Label:
    """The label as it stands at `now`: what it names as its successor, once that moment has come.

    The successor is made at that moment, by the same originator under the same policy file. What is undecided stays so.
    """
    succession = label.succession
    if succession is None or now < succession.at:
        return label
    return replace(
        label,
        classification=succession.classification,
        categories=succession.categories,
        privacy_mark=succession.privacy_mark,
        inputs=succession.inputs,
        created=succession.at,
        review=None,
        succession=None,
    )


def same_course(first: Label, second: Label) -> bool:
    """Whether two labels mark alike, now and at every later moment, and are looked at again on the same day."""
    return same_marking(first, second) and first.succession == second.succession and first.review == second.review
