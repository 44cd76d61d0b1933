"""What a caseworker's command does and sees, inside one transaction that the caller has opened."""
