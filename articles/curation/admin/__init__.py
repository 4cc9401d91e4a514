"""Django's admin, a file a concept: each checks permissions, calls a decision, presents.

`site` opens on what waits for review; `articles`, `statements`, `people`, `candidates` and `imports` are the lists and
forms; `frame` is what all of them share, `filters` the list filters that never load all rows, `merge` and `history`
pages of several.

The classes register themselves when `articles.admin` imports them; this file imports none of them, because Django loads
`site` before there is anything to register.
"""
