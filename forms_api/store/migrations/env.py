"""Alembic's environment: it migrates the connection that ``migrate.upgrade`` hands over."""

from alembic import context

from forms_api.store import ledger_tables, obligation_rows, payment_tables  # noqa: F401
from forms_api.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
