"""Files of customers and staff: what is taken, what is cut away, where the bytes lie."""
