"""What the accountant does all day: debts by their day, payment files, the bank's statements."""
