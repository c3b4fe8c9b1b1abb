"""One file per change of the schema; a released file never changes."""
