"""Alembic runs this with the connection that `database.migrate` holds the lock on."""

from alembic import context

from assessments.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
