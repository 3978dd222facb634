"""The highest label a compartment takes in."""

from __future__ import annotations

from cloison.labels.errors import LabelsError
from cloison.labels.label import label_from_xml
from cloison.notes.marking import dominates
from cloison.vault.errors import CeilingError
from cloison.vault.policies import PolicyStore


class Ceiling:
    """The ceiling of one compartment; None where it has none."""

    def __init__(self, compartment_id: str, ceiling_xml: bytes | None, policies: PolicyStore) -> None:
        self._compartment_id = compartment_id
        self._ceiling_xml = ceiling_xml
        self._policies = policies

    def check(self, label_xml: bytes | None) -> None:
        """Raise ``CeilingError`` for a label that is not shown to lie at or under the ceiling.

        A note in which nothing is marked yet passes: it is refused when it gets a mark that is too high.
        """
        if self._ceiling_xml is None or label_xml is None:
            return
        try:
            is_under = self._is_under(self._ceiling_xml, label_xml)
        except (LabelsError, KeyError) as error:
            raise CeilingError(self._compartment_id) from error
        if not is_under:
            raise CeilingError(self._compartment_id)

    def _is_under(self, ceiling_xml: bytes, label_xml: bytes) -> bool:
        ceiling, label = label_from_xml(ceiling_xml), label_from_xml(label_xml)
        policy = self._policies.known()[ceiling.policy_id]
        return label.policy_id == ceiling.policy_id and dominates(policy, ceiling, label)
