"""Two actors, authors or periods beside each other."""
