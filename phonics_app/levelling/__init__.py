"""From a scored test to a placement that explains itself."""
