"""Where acts are done to be disturbed: a founded place, its copies, and whoever looks at them afterwards."""
