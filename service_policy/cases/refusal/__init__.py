"""Saying no: under a published clause, with evidence, by two persons, with a review."""
