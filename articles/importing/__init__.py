"""Documents in: accession (the bytes are kept first), reading, storing, and a record of what was done.

Called by commands and curation; imports models and reading. One function stores a Reading (`store.store`).
"""
