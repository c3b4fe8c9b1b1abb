"""`inv adopt`: the smallest valid content of a company, written from its answers."""
