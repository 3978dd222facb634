"""The locked vault: one field, the focus in it."""
