"""Alembic's environment: it migrates the connection that ``migrate.upgrade`` hands over."""

from alembic import context

from forms_api.store import (  # noqa: F401 - their tables belong to the metadata
    ledger_tables,
    obligation_rows,
    payment_rows,
    statement_rows,
)
from forms_api.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
