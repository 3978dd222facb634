"""The inspector as a drawer, where the window is narrow."""
