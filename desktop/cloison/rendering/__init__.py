"""From an already filtered note to a marked PDF. No Qt, no database."""
