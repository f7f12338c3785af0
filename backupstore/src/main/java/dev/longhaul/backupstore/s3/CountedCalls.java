package dev.longhaul.backupstore.s3;

import dev.longhaul.backupstore.object.CallClass;
import dev.longhaul.backupstore.object.CallListener;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpHeaders;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Tells of every attempt of a call that was answered.
 */
final class CountedCalls implements ExecutionInterceptor {

	private final CallListener listener;

	CountedCalls(CallListener listener) {
		this.listener = listener;
	}

	@Override
	public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
		listener.answered(classOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)),
				length(context.httpRequest()), received(context));
	}

	/** The answer to a HEAD has the length of what it is about, and nothing of it. */
	private static long received(Context.AfterTransmission context) {
		return (context.httpRequest().method() == SdkHttpMethod.HEAD) ? 0 : length(context.httpResponse());
	}

	private static CallClass classOf(String operation) {
		return switch (operation) {
			case "PutObject", "UploadPart", "CreateMultipartUpload", "CompleteMultipartUpload", "AbortMultipartUpload",
					"DeleteObject", "DeleteObjects" ->
				CallClass.A;
			case "GetObject", "HeadObject", "GetObjectLockConfiguration" -> CallClass.B;
			default -> CallClass.C;
		};
	}

	/** A message without a length has no content, or none that is worth counting. */
	private static long length(SdkHttpHeaders message) {
		return message.firstMatchingHeader("Content-Length").map(CountedCalls::parse).orElse(0L);
	}

	private static long parse(String length) {
		try {
			return Math.max(0, Long.parseLong(length));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
