"""The version of the engine's decisions: raise it whenever the same events could lead to another result."""

ENGINE_VERSION = "1"
PLAN_SCHEMA = 1
"""The layout of a plan's JSON."""
