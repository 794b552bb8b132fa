"""The register of missing children, sightings, posters and alerts."""
