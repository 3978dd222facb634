"""Receiving: what is handed in, its checks, its compartment."""
