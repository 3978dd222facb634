"""Pictures of the authority's own window: cards endorsed and revoked, policies signed."""

import os
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from cloison.actions.first_run import CARD_LIFE
from cloison.directory.card import Card, Role, sign_card
from cloison.directory.carte import write_carte
from cloison.labels.library import built_in, built_in_file
from cloison.ui.authority.page import AuthorityPage
from cloison.ui.desk.desk import Desk
from cloison_crypto.identity import Identity, fingerprint_text
from picture_stage import Stage


def authority_pictures(stage: Stage, desk: Desk, medium: Path) -> None:
    """With the authority's page shown; somebody hands in a card on ``medium``."""
    card = _somebody(desk, medium)
    page = desk.pages.page
    if not isinstance(page, AuthorityPage):
        raise TypeError(type(page))
    stage.shot(desk.frame, "authority-1-endorse")
    _endorse(stage, desk, page, card)
    _revoke(stage, desk, page, medium)
    stage.click(desk.frame, "Policies")
    _look_at_policy(stage, page, medium)
    stage.shot(desk.frame, "authority-9-policies")


def _endorse(stage: Stage, desk: Desk, page: AuthorityPage, card: Path) -> None:
    page.endorse.take(card)
    stage.shot(desk.frame, "authority-2-card")
    held = page.endorse.check.card
    if held is None:
        raise AssertionError
    stage.type(
        stage.find(desk.frame, QLineEdit, "Its fingerprint, from its holder"), fingerprint_text(held.fingerprint)[:25]
    )
    stage.click(desk.frame, "Compare")
    stage.type(stage.find(desk.frame, QLineEdit, "Clearance"), "[S-SF]")
    stage.type(stage.find(desk.frame, QLineEdit, "Nationality"), "DEU")
    stage.shot_both(desk.frame, "authority-3-unholdable")
    page.endorse.grant.nationality.clear()
    stage.type(stage.find(desk.frame, QLineEdit, "Nationality"), "FRA")
    stage.click(desk.frame, "Pick it from the list")
    stage.shot(desk.frame, "authority-4-picked")
    stage.click(desk.frame, "Pick it from the list")
    stage.click(desk.frame, "Endorse the card")
    stage.settle(0.3)
    stage.shot(desk.frame, "authority-5-endorsed")


def _revoke(stage: Stage, desk: Desk, page: AuthorityPage, medium: Path) -> None:
    stage.click(desk.frame, "Endorsed cards")
    stage.shot(desk.frame, "authority-6-register")
    stage.click(desk.frame, "Revoke…")
    stage.shot_both(desk.frame, "authority-7-revoke")
    page.register.revoke.do.click()
    stage.settle(0.3)
    stage.click(desk.frame, "Revocation list")
    stage.type(stage.find(desk.frame, QLineEdit, "Write the list to"), str(medium))
    stage.click(desk.frame, "Write a new list")
    stage.settle(0.3)
    stage.shot_both(desk.frame, "authority-8-list")


def _look_at_policy(stage: Stage, page: AuthorityPage, medium: Path) -> None:
    path = medium / "fr-2.xml"
    path.write_bytes((built_in_file(built_in("FR").id) or b"").replace(b' version="1"', b' version="2"', 1))
    page.policies.take(path)
    stage.wait(page.policies.sign.isEnabled, "the policy was not looked through")


def _somebody(desk: Desk, medium: Path) -> Path:
    """The card of somebody new."""
    path = medium / "Nora-Lindqvist.carte"
    made = Identity.generate(os.urandom)
    now = desk.clerk.session.now()
    card = Card(
        identity=made.public,
        name="Nora Lindqvist, analyse",
        role=Role.MEMBER,
        issued=now,
        expires=now + CARD_LIFE,
        serial=1,
    )
    path.write_bytes(write_carte(sign_card(card, made), ()))
    return path
