"""Where documents come from: each kind yields `Incoming` documents and knows nothing of what happens to them."""
