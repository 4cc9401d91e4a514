"""Accession: the raw bytes are kept, named by their SHA-256, before anything is tried."""

import hashlib

from articles.models import Document


def accession(raw: bytes, *, location: str, media_type: str = "") -> Document:
    """Return the document that holds these bytes, kept now if they were not held before."""
    document, _ = Document.objects.get_or_create(
        sha256=hashlib.sha256(raw).hexdigest(),
        defaults={"raw": raw, "size": len(raw), "location": location, "media_type": media_type},
    )
    return document
