"""The panels around the canvas: palette, what-if, inspector, findings, tables."""
