"""Colours and icons of the window, and what drawing needs of them."""
