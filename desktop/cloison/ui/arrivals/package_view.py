"""One package that was handed in: its checks, what is in it, where it is to be kept and why there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.propose_compartment import Proposal, propose_compartment
from cloison.dissemination.checks import Opened
from cloison.dissemination.manifest import Manifest
from cloison.ui import sizes
from cloison.ui.arrivals.check_list import CheckList
from cloison.ui.arrivals.checks import Check, checklist, checklist_so_far, receipt_checklist
from cloison.ui.arrivals.receipt_view import ReceiptView
from cloison.ui.arrivals.reception import Incoming, Stage
from cloison.ui.arrivals.summary import PackageSummary
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field
from cloison.ui.plain import PlainLabel
from cloison.ui.working import Working
from cloison.wording.arrivals import gap_texts
from cloison.wording.catalogue import Catalogue
from cloison.wording.proposals import proposal_text
from cloison.wording.trust import trust_warning_text


class PackageView(QWidget):
    """``offered``: there are compartments to choose from now; ``into`` is placed where it is never out of sight."""

    offered = Signal()
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None."""
        super().__init__(parent)
        self._clerk = clerk
        self._shown: Incoming | None = None
        self._working = Working()
        self.checks = CheckList(clerk)
        self.summary = PackageSummary(clerk)
        self.receipt = ReceiptView(clerk)
        self.compartments = ChoiceBox()
        self.into = Field(clerk.words.text("Keep it in"), self.compartments)
        self.told = PlainLabel(role="warn")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_4)
        for part in (self._working, self.checks, self.summary, self.receipt, self.told):
            layout.addWidget(part)
        layout.addStretch(1)

    def show_package(self, line: Incoming) -> None:
        """Show what is known of it; compartments are read anew when it comes to be checked."""
        is_other = self._shown is None or (self._shown.key, self._shown.stage) != (line.key, line.stage)
        self._shown = line
        self._show_working(line)
        words = self._clerk.words
        self.checks.show_checks(_checks(line, words))
        self.summary.setVisible(line.opened is not None)
        told = () if line.opened is None else told_of(line.opened, self._clerk.words)
        self.told.setText("\n".join(told))
        self.told.setVisible(bool(told))
        if line.opened is not None:
            self.summary.show_package(line.opened)
        self.receipt.setVisible(line.receipt is not None)
        if line.receipt is not None:
            self.receipt.show_receipt(line.receipt)
        is_to_keep = line.stage is Stage.CHECKED and line.opened is not None
        self.into.setVisible(is_to_keep)
        if is_to_keep and is_other and line.opened is not None:
            self._propose(line.opened.manifest)

    def _show_working(self, line: Incoming) -> None:
        if line.stage is Stage.CHECKING:
            self._working.start(self._clerk.words.text("Checking “{file}”…", file=line.name))
        else:
            self._working.stop()

    def _propose(self, manifest: Manifest) -> None:
        self.compartments.clear()
        self._clerk.ask(
            self,
            lambda session: propose_compartment(session, manifest),
            lambda found: self._offer(manifest, found),
            refused=self.refused.emit,
        )

    def _offer(self, manifest: Manifest, found: Proposal) -> None:
        shown = self._shown
        if shown is None or shown.opened is None or shown.opened.manifest != manifest:
            return
        self.compartments.clear()
        for one in found.compartments:
            self.compartments.addItem(one.name, one.id)
        self.compartments.setCurrentIndex(self.compartments.findData(found.compartment_id))
        self.into.show_advice(proposal_text(found.reason, self._clerk.words))
        self.offered.emit()


def _checks(line: Incoming, words: Catalogue) -> tuple[Check, ...]:
    if line.stage in (Stage.WAITING, Stage.CHECKING):
        return checklist_so_far(line.milestone, words)
    return receipt_checklist(words) if line.receipt is not None else checklist(line.error, words)


def told_of(opened: Opened, words: Catalogue) -> tuple[str, ...]:
    """What a package that may be accepted shows all the same: of its sender, and of other packages by them."""
    warned = (trust_warning_text(one, opened.sender.name, words) for one in opened.warnings)
    expected = (words.text("The sender expects an answer."),) if opened.manifest.is_reply_expected else ()
    return (*expected, *warned, *gap_texts(opened.gaps, words))
