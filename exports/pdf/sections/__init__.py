"""The sections of the report, in the words and tables of each."""
