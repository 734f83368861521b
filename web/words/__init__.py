"""The word shown for each word that is stored, area by area; `web.labels` asks them all."""
