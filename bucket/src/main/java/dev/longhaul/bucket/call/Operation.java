package dev.longhaul.bucket.call;

import java.util.Map;
import java.util.Set;

/**
 * The calls of the S3 API that Longhaul's stores or a tool of the user may make, with the
 * class in which Backblaze bills them.
 */
public enum Operation {

	GET_OBJECT(CallClass.B), HEAD_OBJECT(CallClass.B), PUT_OBJECT(CallClass.A), COPY_OBJECT(CallClass.C),
	DELETE_OBJECT(CallClass.A), DELETE_OBJECTS(CallClass.A), MULTIPART_WRITE(CallClass.A), LIST_PARTS(CallClass.C),
	LIST_MULTIPART_UPLOADS(CallClass.C), LIST_OBJECTS(CallClass.C), LIST_OBJECT_VERSIONS(CallClass.C),
	LIST_BUCKETS(CallClass.C), HEAD_BUCKET(CallClass.C), CREATE_BUCKET(CallClass.C), DELETE_BUCKET(CallClass.A),
	GET_OBJECT_LOCK(CallClass.B), PUT_OBJECT_LOCK(CallClass.A), OTHER(CallClass.C);

	private static final Set<String> LOCK_PARAMETERS = Set.of("object-lock", "retention", "legal-hold");

	private final CallClass callClass;

	Operation(CallClass callClass) {
		this.callClass = callClass;
	}

	public CallClass callClass() {
		return callClass;
	}

	static Operation of(String method, Target target, Map<String, String> headers) {
		Set<String> parameters = target.parameters();
		if (target.bucket().isEmpty()) {
			return method.equals("GET") ? LIST_BUCKETS : OTHER;
		}
		if (parameters.stream().anyMatch(LOCK_PARAMETERS::contains)) {
			return method.equals("GET") ? GET_OBJECT_LOCK : PUT_OBJECT_LOCK;
		}
		return target.key().isEmpty() ? onBucket(method, parameters) : onObject(method, parameters, headers);
	}

	private static Operation onBucket(String method, Set<String> parameters) {
		if (parameters.contains("versions")) {
			return LIST_OBJECT_VERSIONS;
		}
		if (parameters.contains("uploads")) {
			return LIST_MULTIPART_UPLOADS;
		}
		if (parameters.contains("delete")) {
			return DELETE_OBJECTS;
		}
		boolean listing = parameters.isEmpty() || parameters.contains("list-type") || parameters.contains("prefix")
				|| parameters.contains("marker") || parameters.contains("max-keys");
		return switch (method) {
			case "GET" -> listing ? LIST_OBJECTS : OTHER;
			case "HEAD" -> HEAD_BUCKET;
			case "PUT" -> parameters.isEmpty() ? CREATE_BUCKET : OTHER;
			case "DELETE" -> parameters.isEmpty() ? DELETE_BUCKET : OTHER;
			default -> OTHER;
		};
	}

	private static Operation onObject(String method, Set<String> parameters, Map<String, String> headers) {
		if (parameters.contains("uploadId") || parameters.contains("uploads")) {
			return method.equals("GET") ? LIST_PARTS : MULTIPART_WRITE;
		}
		if (parameters.contains("acl") || parameters.contains("tagging")) {
			return OTHER;
		}
		return switch (method) {
			case "GET" -> GET_OBJECT;
			case "HEAD" -> HEAD_OBJECT;
			case "PUT" -> headers.containsKey("x-amz-copy-source") ? COPY_OBJECT : PUT_OBJECT;
			case "DELETE" -> DELETE_OBJECT;
			default -> OTHER;
		};
	}

}
