"""What makes the vault lock beside the person at it: the screen lock, another user, sleep, the lid."""
