"""Disseminating: who receives what of a note, and sealing it to them."""
