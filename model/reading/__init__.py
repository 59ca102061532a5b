"""What helps to read flows: filters, search, flows by pair of zones."""
