"""What is seen: the designer's window."""
