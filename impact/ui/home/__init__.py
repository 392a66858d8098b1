"""What each role finds when it arrives."""
