"""What the note amounts to, and what can be done with it."""
