"""What the company finds in its own books: compared, kept once, told to the customer."""
