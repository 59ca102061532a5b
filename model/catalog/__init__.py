"""The vendor's rules: rows, conditions, what kinds ask, and the catalog with its lookups."""
