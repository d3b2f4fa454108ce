"""Teachers of single rooms: the rooms of a grant

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account_grant", sa.Column("classrooms", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("account_grant", "classrooms")
