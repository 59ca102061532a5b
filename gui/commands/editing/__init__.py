"""What hands do to things that are there already: align, stack, lock, fold, cut, copy and paste.

Each module has one doer with a method per action and a `follow` that says what can be done now.
"""
