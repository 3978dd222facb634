"""Policies (XML SPIF), labels and clearances (STANAG 4774): roll-up, decision, rendering. Pure."""
