"""What agencies wait for: an identifier on a watch list, the reports that hold it, who hears."""
