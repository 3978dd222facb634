"""Registers as tables, with what verifying them found."""
