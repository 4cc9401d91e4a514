"""How far the catalogue looks before it says that there is more. Tests and benchmarks set them; nothing else does."""

COUNTED = 10_000  # hits; beyond it a count is "more than"
SAMPLED = 3_000  # of more than COUNTED, that facets look at: each costs its card, or its links
OFTEN = 2_000  # articles that two actors share, from which on walking the one's finds a page soon
RANKED = 200  # hits that relevance looks at: ranking every hit of a common word takes a second
LATEST = 10_000  # articles in which is looked for what the gate gives up
GATE_PATIENCE = 200  # milliseconds; what takes longer takes seconds
PHRASE_PATIENCE = 70  # milliseconds; each hit of a phrase must be read, one of common words would take two seconds
STATEMENTS_PATIENCE = 80  # milliseconds; answers by their statements that take longer are many, and met by date
PATIENCE = 250  # milliseconds; two common words that seldom meet would take six seconds by date
