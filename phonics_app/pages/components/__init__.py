"""Pieces that the pages share: session, frame, choices, tables, messages."""
