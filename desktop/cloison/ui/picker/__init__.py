"""Picking a label: every level and category of the policy, what may not be picked with the reason, what is at hand."""
