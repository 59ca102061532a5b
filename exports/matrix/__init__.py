"""The port matrix as a file, with what else its format holds: CSV, XLSX, HTML, Markdown, JSON, names alone."""
