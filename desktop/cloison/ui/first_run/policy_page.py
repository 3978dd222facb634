"""Page 2: the marks in use here and, for whoever has it at hand, the authority that endorses cards."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import rule
from cloison.ui.directory.authority_form import AuthorityForm
from cloison.ui.first_run.answers import Authority
from cloison.ui.first_run.page import Page
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel


class PolicyPage(Page):
    """The policy, and an authority where one is given."""

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Show the policy of the settings."""
        words = kit.words
        super().__init__(
            words.text("Marks and authority"),
            words.text(
                "The policy {policy} says which marks there are and who reads them.", policy=kit.settings.policy
            ),
            parent=parent,
        )
        self.body.addWidget(_levels(kit))
        self.body.addWidget(rule())
        self.body.addWidget(PlainLabel(words.text("Authority (can wait)"), role="heading"))
        self.body.addWidget(
            PlainLabel(
                words.text(
                    "Your security officer endorses cards: who may read what. If you were handed the officer’s card "
                    "as a file, and the fingerprint on paper or by word of mouth, give both here."
                ),
                role="muted",
            )
        )
        self._form = AuthorityForm(kit)
        self._form.entered.connect(self.advanced)
        self.body.addWidget(self._form)

    @property
    def authority(self) -> Authority | None:
        """What was given, checked."""
        given = self._form.given
        return None if given is None else Authority(carte=given[0], typed=given[1])

    def arrive(self) -> None:
        """The focus on the way to an authority."""
        self._form.setFocus()

    def will_do(self) -> bool:
        """No authority, or one whose fingerprint is right."""
        return self._form.is_empty or self._form.will_do()


def _levels(kit: Kit) -> QWidget:
    from cloison.labels.label import new_label
    from cloison.labels.library import built_in
    from cloison.labels.rendering import strip
    from cloison.ui.chip_view import ChipView

    policy = built_in(kit.settings.policy)
    made = QWidget()
    lines = QGridLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(sizes.SPACE_2)
    lines.setColumnStretch(1, 1)
    for number, level in enumerate(policy.levels):
        label = new_label(policy, classification=level.name, created=kit.clock())
        chip = ChipView(kit.theme)
        chip.show_mark(policy, label)
        lines.addWidget(chip, number, 0)
        lines.addWidget(PlainLabel(strip(policy, label, kit.words.language)), number, 1)
    for placed in policy.categories:
        if placed.category.chip is not None:
            chip = ChipView(kit.theme)
            chip.show_category(placed.category)
            lines.addWidget(chip, lines.rowCount(), 0)
            lines.addWidget(PlainLabel(placed.category.name), lines.rowCount() - 1, 1)
    return made
