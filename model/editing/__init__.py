"""Every edit a user can make, as functions from design to design."""
