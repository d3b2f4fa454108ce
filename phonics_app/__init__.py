"""Phonics Nine: test, level and follow children who learn to read English by phonics."""
