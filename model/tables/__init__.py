"""The rows and columns of every table, once for screen and exports."""
