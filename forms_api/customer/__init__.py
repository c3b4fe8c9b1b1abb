"""A case as its customer reads it, and what the customer may do to it now."""
