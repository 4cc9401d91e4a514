"""Raw bytes in, a Reading out: pure Python, no Django, no database, no network.

Anybody may call `reader.read(raw, names=..., hints=...)`; reading itself imports only `articles.vocabulary`.

The way of a document, a file a stage:

    decode -> layout -> metadata, references, language -> sentences -> actors -> statements

What reading knows of languages and of page chrome stands in `lexicon/*.toml`, not in the code.
"""
