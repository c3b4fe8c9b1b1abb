"""The page on which people without git write the content."""
