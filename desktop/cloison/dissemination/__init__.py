"""Sealed packages: manifest, writing, and reading with every check in one pass."""
