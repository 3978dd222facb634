"""The labels a member has at hand in one compartment: those used last, and those starred.

They lie in the compartment's own file, under its key, and are never shown beside another compartment: which labels
somebody works with tells what they work on, and a list for the whole vault would tell it of compartments that are
closed, or of which a colleague at the same screen knows nothing. Those read in could read a member's list in the file;
they read the labels themselves in the same place. Settings files, which anybody reads, hold none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cloison.labels.label import Label, label_from_xml
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Database

MOST_RECENT: Final = 12
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """A label as a marking alone: without its moment, dates, originator and policy file."""

    label: Label
    is_favourite: bool


class LabelShelf:
    """The labels at hand for the member who opened the compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def use(self, label: Label) -> None:
        """Put ``label`` first among those used; the oldest goes, unless it is starred."""
        database, member = self._file.database, self._file.member_id
        with database.transaction():
            database.execute(
                """INSERT INTO labels_at_hand(member, label, used)
                   SELECT ?1, ?2, coalesce(max(used), 0) + 1 FROM labels_at_hand WHERE true
                   ON CONFLICT (member, label) DO UPDATE SET used = excluded.used""",
                (member, _text(label)),
            )
            database.execute(
                """UPDATE labels_at_hand SET used = NULL WHERE member = ?1 AND used NOT IN (
                       SELECT used FROM labels_at_hand WHERE member = ?1 ORDER BY used DESC LIMIT ?2)""",
                (member, MOST_RECENT),
            )
            _forget_the_rest(database)

    def star(self, label: Label) -> None:
        """Make ``label`` a favourite."""
        self._file.database.execute(
            """INSERT INTO labels_at_hand(member, label, is_favourite) VALUES (?, ?, 1)
               ON CONFLICT (member, label) DO UPDATE SET is_favourite = 1""",
            (self._file.member_id, _text(label)),
        )

    def unstar(self, label: Label) -> None:
        """Make ``label`` a favourite no more."""
        with self._file.database.transaction():
            self._file.database.execute(
                "UPDATE labels_at_hand SET is_favourite = 0 WHERE member = ? AND label = ?",
                (self._file.member_id, _text(label)),
            )
            _forget_the_rest(self._file.database)

    def all(self) -> tuple[AtHand, ...]:
        """Those used, the last one first, then the starred ones that were not used lately."""
        rows = self._file.database.rows(
            "SELECT label, is_favourite FROM labels_at_hand WHERE member = ? ORDER BY used DESC NULLS LAST, label",
            (self._file.member_id,),
        )
        return tuple(AtHand(label=label_from_xml(xml.encode()), is_favourite=bool(star)) for xml, star in rows)


def marking_of(label: Label) -> Label:
    """The marking alone: the same whenever, and under whichever file of the policy, the label was made."""
    return Label(
        policy_id=label.policy_id,
        policy_name=label.policy_name,
        policy_version=None,
        policy_digest=None,
        classification=label.classification,
        created=_ANY_TIME,
        categories=label.categories,
        privacy_mark=label.privacy_mark,
        inputs=label.inputs,
    )


def _text(label: Label) -> str:
    return marking_of(label).to_xml().decode()


def _forget_the_rest(database: Database) -> None:
    database.execute("DELETE FROM labels_at_hand WHERE used IS NULL AND NOT is_favourite")
