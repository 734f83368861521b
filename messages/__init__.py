"""What is sent to whom, through which channel: made when it is sent, never stored."""
