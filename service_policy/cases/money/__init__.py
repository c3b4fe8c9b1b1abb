"""What a missed promise costs, what excuses it, and what was paid."""
