"""What older reports learn when a new one comes that is tied to them: they may rise, never fall."""
