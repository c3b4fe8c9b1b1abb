"""The rules of the house: commitments, calendar, clock, compensation and cases (pure)."""
