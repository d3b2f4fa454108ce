"""The version of the product, written into every backup."""

VERSION = "0.1.0"
"""That of pyproject.toml; a test holds it."""
