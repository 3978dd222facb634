"""The frame of the main window: the rail, the list, the page and the inspector between two strips."""
