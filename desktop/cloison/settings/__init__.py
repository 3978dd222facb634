"""Settings: shipped defaults, then the person's file, then the machine's file, which can lock."""
