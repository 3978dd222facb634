"""The settings of the person at the window, where each comes from, and which of them the machine keeps."""
