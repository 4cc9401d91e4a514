"""A module a kind of file, each with its `KIND`; a new kind is one file here. Found by `sources.kinds`."""
