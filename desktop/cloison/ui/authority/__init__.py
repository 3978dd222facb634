"""The authority's own window: endorsing cards, revoking them, signing policies, its card for those who follow it."""
