"""The company's own books, kept: reading files, taking rows in, and finding them again."""
