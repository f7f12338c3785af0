package dev.longhaul.cli.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, held in memory up to a bound. What is longer is not read on.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

	/** 500 of the longest elements of a list stay below it. */
	static final int MOST = 8 * 1024 * 1024;

	private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private @Nullable Subscription subscription;

	/** There is more of the answer than anybody needs. */
	static final class TooLong extends IOException {

		private static final long serialVersionUID = 1L;

		TooLong() {
			super("longer than %d bytes".formatted(MOST));
		}

	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return whole;
	}

	@Override
	public void onSubscribe(Subscription given) {
		subscription = given;
		given.request(1);
	}

	@Override
	public void onNext(List<ByteBuffer> part) {
		Subscription current = subscription;
		if (current == null || whole.isDone()) {
			return;
		}
		for (ByteBuffer buffer : part) {
			byte[] piece = new byte[buffer.remaining()];
			buffer.get(piece);
			bytes.writeBytes(piece);
		}
		if (bytes.size() > MOST) {
			current.cancel();
			whole.completeExceptionally(new TooLong());
			return;
		}
		current.request(1);
	}

	@Override
	public void onError(Throwable failure) {
		whole.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		whole.complete(bytes.toByteArray());
	}

}
