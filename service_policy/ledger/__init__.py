"""The company's own books as facts: what a row is, and what may stand in it."""
