"""What the actions do: a doer for each group of them."""
