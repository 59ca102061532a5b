"""What is true: the catalog, the design, and everything derived from the two.

No screen, no file formats but our own.
"""
