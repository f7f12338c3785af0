-- Of a token its hash is kept, and nothing that could be used.
CREATE TABLE IF NOT EXISTS access_token (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  hash CHAR(64) NOT NULL UNIQUE,
  name VARCHAR(100) NOT NULL,
  scopes VARCHAR(40) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  created_by VARCHAR(250) NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE,
  last_used_at TIMESTAMP(6) WITH TIME ZONE,
  revoked_at TIMESTAMP(6) WITH TIME ZONE
);

-- Only ever added to. Each record has the hash of the one before, so none can be changed or left out unseen.
CREATE TABLE IF NOT EXISTS audit_record (
  sequence BIGINT NOT NULL PRIMARY KEY,
  happened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  caller VARCHAR(250) NOT NULL,
  scope VARCHAR(20) NOT NULL,
  address VARCHAR(64) NOT NULL,
  action VARCHAR(200) NOT NULL,
  subject VARCHAR(500) NOT NULL,
  outcome VARCHAR(20) NOT NULL,
  detail VARCHAR(500) NOT NULL,
  previous CHAR(64) NOT NULL,
  hash CHAR(64) NOT NULL
);

-- The answer to a call that may be sent again, for as long as a caller would.
CREATE TABLE IF NOT EXISTS idempotent_call (
  caller VARCHAR(250) NOT NULL,
  idempotency_key VARCHAR(200) NOT NULL,
  request_hash CHAR(64) NOT NULL,
  begun_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  status INTEGER,
  body TEXT,
  PRIMARY KEY (caller, idempotency_key)
);
