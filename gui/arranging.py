"""Automatic arrangement of a design, as one edit."""
