"""The packages of one sender in their order: which are missing, and which contradict each other.

A manifest has a serial and names the manifest before it. Serials alone would do, but a sender who draws one and then
cannot write the package leaves a hole that is none; the digest shows it. What cannot be shown to be a hole counts as a
package that has not arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.vault.exchange import Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What a package shows of the others of its sender.

    ``missing``: so many serials up to the highest, at most, are of packages that were not accepted here. ``is_late``:
    a later one was accepted before it. ``is_new_life``: it is the first of a new life of the sender's vault, which was
    restored from a backup.
    """

    missing: int = 0
    is_late: bool = False
    is_new_life: bool = False


def gaps_after(before: Sequence[Incoming], new: Incoming, *, is_new_life: bool) -> Gaps:
    """What is missing once ``new`` is accepted after ``before``."""
    return Gaps(
        missing=missing([*before, new]),
        is_late=any(one.serial > new.serial for one in before),
        is_new_life=is_new_life,
    )


def missing(arrived: Sequence[Incoming]) -> int:
    """How many serials up to the highest belong, for all that can be shown, to packages that were not accepted."""
    count, last = 0, Incoming(serial=0, digest="", previous=None)
    for one in sorted(arrived, key=lambda one: one.serial):
        if one.previous != (last.digest or None):
            count += max(one.serial - last.serial - 1, 0)
        last = one
    return count


def contradicts(before: Sequence[Incoming], new: Incoming) -> bool:
    """Whether ``new`` cannot be of the same sequence as ``before``: it takes the place of another package.

    Either its serial is another's, or what it or a later one names as the package before it is none of those that can
    have been before it, all of which are here.
    """
    if any(one.serial == new.serial and one.digest != new.digest for one in before):
        return True
    digests: set[str] = set()
    is_unbroken = True
    last = 0
    for one in sorted({*before, new}, key=lambda one: one.serial):
        is_unbroken = is_unbroken and one.serial == last + 1
        if is_unbroken and one.previous is not None and one.previous not in digests:
            return True
        digests.add(one.digest)
        last = one.serial
    return False
