"""The canvas: the drawing on screen, and what hands can do with it."""
