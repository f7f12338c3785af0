-- What a run has called and what of it has failed, as JSON; nothing for runs from before.
ALTER TABLE RUN ADD COLUMN IF NOT EXISTS FIGURES VARCHAR(8000);
