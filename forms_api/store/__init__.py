"""The store: one transaction per command, on SQLite or PostgreSQL, behind two methods."""

from forms_api.store.store import Store, open_store, reserve

__all__ = ["Store", "open_store", "reserve"]
