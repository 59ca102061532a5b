"""Scripts that build what ships in resources/; none is part of the program."""
