package dev.longhaul.bucket.b2;

import dev.longhaul.bucket.call.ErrorAnswer;

/**
 * What the front answers when asked for the object lock configuration of a bucket, which
 * S3Proxy knows nothing of.
 */
public enum ObjectLockAnswer {

	/** New objects are locked for 30 days, and nobody can unlock them. */
	COMPLIANCE_30_DAYS(200, """
			<?xml version="1.0" encoding="UTF-8"?>
			<ObjectLockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
			    <ObjectLockEnabled>Enabled</ObjectLockEnabled>
			    <Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>30</Days></DefaultRetention></Rule>
			</ObjectLockConfiguration>
			"""),

	/** Objects can be locked one by one; new ones are not. */
	ENABLED_WITHOUT_DEFAULT(200, """
			<?xml version="1.0" encoding="UTF-8"?>
			<ObjectLockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
			    <ObjectLockEnabled>Enabled</ObjectLockEnabled>
			</ObjectLockConfiguration>
			"""),

	NOT_CONFIGURED(404,
			new ErrorAnswer(404, "ObjectLockConfigurationNotFoundError",
					"Object Lock configuration does not exist for this bucket")
				.document()),

	/** The key lacks the capability {@code readBucketRetentions}. */
	FORBIDDEN(403, new ErrorAnswer(403, "AccessDenied", "not entitled").document());

	private final int status;

	private final String document;

	ObjectLockAnswer(int status, String document) {
		this.status = status;
		this.document = document;
	}

	int status() {
		return status;
	}

	String document() {
		return document;
	}

}
