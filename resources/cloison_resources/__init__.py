"""Policies, fonts, icons, translations, help and samples, read through importlib.resources."""
