"""The open design and its file, what is selected and shown of it, and long work beside it."""
