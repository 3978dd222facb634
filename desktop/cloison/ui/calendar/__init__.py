"""What time and new versions of a policy do to a note: its dates, what falls due, marking it anew."""
