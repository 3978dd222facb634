"""Pages on which notes are filed: brought in, moved, linked, taken out of the bin or destroyed; compartments merged."""
