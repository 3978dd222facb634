"""New versions of the French policy for the tests, and their signed files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cloison.actions.policy_import import sign_policy_file
from cloison.actions.session import Session, session_on
from cloison_resources import __path__ as resources

FR_FILE = Path(resources[0]) / "policies" / "fr.spif.xml"

_SECRET_HANDLING = '<handling trust="endorsed" overdueList="refuse"/>'
ASKS_FOR_RECOVERY = (_SECRET_HANDLING, '<handling trust="endorsed" overdueList="refuse" recovery="required"/>')
"""SECRET as it is, and a recovery package besides."""

ASKS_FOR_COMPARED_RECOVERY = (
    _SECRET_HANDLING,
    '<handling trust="endorsed and compared" overdueList="refuse" recovery="required"/>',
)
"""The same, where fingerprints are to be compared as well."""


def fr_version(version: int, *changes: tuple[str, str]) -> bytes:
    """The French policy file under another version number, with those texts in place of others."""
    text = FR_FILE.read_text(encoding="utf-8").replace(' version="1"', f' version="{version}"', 1)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text.encode()


def signed_by(authority: Session, content: bytes) -> bytes:
    """That file signed by the authority."""
    return sign_policy_file(authority, content, name="fr")[1]


def followed(session: Session) -> Session:
    """The same open vault after it took a policy in: what the next session on it would be."""
    again = session_on(session.vault, settings=session.settings, clock=session.clock, randomness=session.randomness)
    return replace(session, policies=again.policies, policy=again.policy)
