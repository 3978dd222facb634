"""Packages that wait for a card, a policy or an endorsement: why, since when, and what to do with them."""
