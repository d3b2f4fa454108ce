"""Audio: which sounds there are, takes measured and treated, speech fetched or synthesised, voice packs."""
