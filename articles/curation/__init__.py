"""Where editors work: the admin, its forms, and the decisions that people make.

`decisions` holds one function for each editorial decision, and whatever shows a button for it calls that function;
`merging` is the one hard decision in a file of its own. `admin` is Django's admin, a file a concept; it checks
permissions, calls a decision, presents. Called by the doors (`articles.admin`) and by other curation views; imports
models, importing, filters, reading.anchors and the vocabulary, never pages.
"""
