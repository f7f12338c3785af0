package dev.longhaul.backupstore.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import software.amazon.awssdk.core.checksums.ChecksumSpecs;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Sends Content-MD5 where an operation demands a checksum, as deleting many objects does.
 * B2 demands that one and refuses every other; the SDK's own plugin for it,
 * {@link software.amazon.awssdk.services.s3.LegacyMd5Plugin}, sends both.
 */
final class Md5InsteadOfCrc32 implements ExecutionInterceptor {

	@Override
	public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
		ChecksumSpecs chosen = attributes.getAttribute(SdkExecutionAttribute.RESOLVED_CHECKSUM_SPECS);
		if (chosen == null || !chosen.isRequestChecksumRequired() || context.requestBody().isEmpty()) {
			return context.httpRequest();
		}
		ChecksumSpecs none = ChecksumSpecs.builder().isRequestChecksumRequired(false).build();
		attributes.putAttribute(SdkExecutionAttribute.RESOLVED_CHECKSUM_SPECS, none);
		String md5 = md5(context.requestBody().get());
		return context.httpRequest().copy(request -> request.putHeader("Content-MD5", md5));
	}

	private static String md5(RequestBody body) {
		try (InputStream content = body.contentStreamProvider().newStream()) {
			return Md5Utils.md5AsBase64(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a request in memory can be read", ex);
		}
	}

}
