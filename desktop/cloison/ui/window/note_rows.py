"""One line of the list of notes: its chip, its title, its date."""
