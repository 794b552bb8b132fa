"""What a case holds: notes, tasks, people with identifiers, reports and exhibits."""
