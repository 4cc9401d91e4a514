"""Pictures of a question, drawn on the server as SVG, each with the same numbers as a table and as CSV."""
