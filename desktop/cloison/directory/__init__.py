"""Cards, endorsements, authorities and trust: pure values and rules."""
