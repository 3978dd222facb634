"""The command line: the second face over the actions."""
