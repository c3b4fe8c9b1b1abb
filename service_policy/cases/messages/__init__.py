"""What is said between the company and its customer, and how that is known."""
