"""Simulation of pupils and responses (and later: item parameters from responses)."""
