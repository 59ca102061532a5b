"""Hostile texts, the fields of a design that take free text, and what of each format may never depend on a text."""
