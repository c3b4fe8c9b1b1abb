"""`inv import-prices`: from a table as a company keeps it to a price sheet of the content."""
