"""The window: the first face over the actions. The only layer that knows Qt."""
