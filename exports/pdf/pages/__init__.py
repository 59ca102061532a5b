"""Pages and what is set on them: tables, breaks, fonts, feet, shapes as operators, and the file."""
