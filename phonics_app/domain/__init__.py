"""The vocabulary of the product: one noun per module, standard library only."""
