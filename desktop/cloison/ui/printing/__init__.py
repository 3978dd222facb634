"""Printing: numbered copies with a holder each, seen before they exist."""
