package dev.longhaul.backupstore.s3;

import dev.longhaul.backupstore.object.StoreFacts.ObjectLock;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Whether a bucket locks new objects, as far as it says.
 */
record ObjectLockAnswer(ObjectLock lock, String evidence) {

	static ObjectLockAnswer ask(S3Client client, String bucket, S3Failures failures) {
		try {
			return of(client.getObjectLockConfiguration(request -> request.bucket(bucket)));
		}
		catch (S3Exception ex) {
			if (S3Failures.codeOf(ex).equals("ObjectLockConfigurationNotFoundError")) {
				return new ObjectLockAnswer(ObjectLock.UNLOCKED, "the bucket has no object lock");
			}
			if (S3Failures.codeOf(ex).equals("AccessDenied") && !S3Failures.isCapExceeded(ex)) {
				return new ObjectLockAnswer(ObjectLock.UNKNOWN,
						"the key may not read the bucket's object lock (readBucketRetentions)");
			}
			if (ex.statusCode() == 501 || ex.statusCode() == 405) {
				return new ObjectLockAnswer(ObjectLock.UNKNOWN, "the store does not know object lock");
			}
			throw failures.of(ex, "read the object lock");
		}
		catch (SdkException ex) {
			throw failures.of(ex, "read the object lock");
		}
	}

	private static ObjectLockAnswer of(GetObjectLockConfigurationResponse response) {
		ObjectLockConfiguration configuration = response.objectLockConfiguration();
		if (configuration == null || configuration.objectLockEnabled() == null) {
			return new ObjectLockAnswer(ObjectLock.UNKNOWN, "the store answers nothing about object lock");
		}
		DefaultRetention retention = (configuration.rule() == null) ? null : configuration.rule().defaultRetention();
		if (retention == null || retention.modeAsString() == null) {
			return new ObjectLockAnswer(ObjectLock.UNLOCKED,
					"the bucket's object lock is enabled, but locks nothing by default");
		}
		String period = (retention.days() != null) ? retention.days() + " days" : retention.years() + " years";
		return new ObjectLockAnswer(ObjectLock.LOCKED,
				"the bucket locks new objects for %s (%s)".formatted(period, retention.modeAsString()));
	}

}
