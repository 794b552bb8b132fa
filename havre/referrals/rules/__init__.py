"""The law of referrals: their states, and the words for what came of them."""
