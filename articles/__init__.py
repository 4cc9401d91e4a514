"""Digest's one app: op-eds in, positions out.

Rooms, and who may call whom (held by the import contract in pyproject.toml):

    doors, management -> pages | curation -> importing | filters -> models | reading -> vocabulary
"""
