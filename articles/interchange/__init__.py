"""What leaves in formats of others: rows become lines, entries become feeds. Pure; knows no view and no database."""
