"""Turn a manuscript into its Word edition, and read that back."""
