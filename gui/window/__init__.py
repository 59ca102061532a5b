"""The window, and how it is furnished after the first paint."""
