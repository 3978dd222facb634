"""Receipts: answering a package that came in – its usefulness, a comment, questions, each under its mark."""
