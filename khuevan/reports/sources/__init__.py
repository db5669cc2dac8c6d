"""What each app below lets reports count."""
