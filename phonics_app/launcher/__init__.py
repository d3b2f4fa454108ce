"""What `start.py` does: makes the environment, starts the app, runs the checks. Standard library only."""
