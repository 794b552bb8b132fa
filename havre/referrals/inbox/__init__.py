"""The addressee's side of a referral: asking, declining, handing over, and clocks that ring."""
