"""Pure decisions of an adaptive test: scoring, ability, selection, stopping, administration."""
