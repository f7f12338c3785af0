package dev.longhaul.backupstore.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Bounds the documents of the protocol, which the SDK reads into memory whole. The
 * content of an object is not one.
 */
final class BoundedAnswers implements SdkHttpClient {

	/** A thousand of the longest keys, every character escaped, stay below it. */
	private static final int LARGEST_DOCUMENT = 8 * 1024 * 1024;

	private final SdkHttpClient client;

	BoundedAnswers(SdkHttpClient client) {
		this.client = client;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		ExecutableHttpRequest prepared = client.prepareRequest(request);
		boolean asksForDocument = !request.httpRequest().rawQueryParameters().isEmpty();
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				HttpExecuteResponse answer = prepared.call();
				boolean isContent = !asksForDocument && answer.httpResponse().isSuccessful();
				return isContent ? answer : bounded(answer);
			}

			@Override
			public void abort() {
				prepared.abort();
			}

		};
	}

	private static HttpExecuteResponse bounded(HttpExecuteResponse answer) {
		HttpExecuteResponse.Builder bounded = HttpExecuteResponse.builder().response(answer.httpResponse());
		answer.responseBody()
			.ifPresent(body -> bounded.responseBody(AbortableInputStream.create(new Document(body), body)));
		return bounded.build();
	}

	@Override
	public String clientName() {
		return client.clientName();
	}

	@Override
	public void close() {
		client.close();
	}

	private static final class Document extends FilterInputStream {

		private int left = LARGEST_DOCUMENT;

		Document(InputStream body) {
			super(body);
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int count = in.read(buffer, offset, length);
			left -= Math.max(count, 0);
			if (left < 0) {
				throw new IOException("the answer is larger than " + LARGEST_DOCUMENT + " bytes");
			}
			return count;
		}

	}

}
