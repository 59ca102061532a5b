"""The drawing of a design: cards, connectors and legend, made of primitives."""
