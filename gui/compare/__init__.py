"""Judging and comparing designs: goals, scenarios side by side, and every combination of switches."""
