"""What the jobs do at set times: each puts together what several rooms offer, safe to repeat."""
