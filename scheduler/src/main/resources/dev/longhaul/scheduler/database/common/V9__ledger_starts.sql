-- What drills have started, a row for each application of a document.
CREATE TABLE IF NOT EXISTS ledger_start (
	document_id BIGINT NOT NULL,
	application VARCHAR(40) NOT NULL,
	point_job VARCHAR(40) NOT NULL,
	point_for TIMESTAMP(6) WITH TIME ZONE NOT NULL,
	point_hash VARCHAR NOT NULL,
	started_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
	took_millis BIGINT NOT NULL,
	outcome VARCHAR(8) NOT NULL,
	evidence VARCHAR NOT NULL,
	PRIMARY KEY (document_id, application)
);

CREATE INDEX IF NOT EXISTS ledger_start_application ON ledger_start (application);
