"""Alembic migrations of the store; run by ``flask … init-db`` and ``migrate``."""
