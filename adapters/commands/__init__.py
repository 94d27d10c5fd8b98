"""What the commands of `hoso` do."""
