package dev.longhaul.longhorn.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Ends an answer that is too long in time or size. fabric8's own time-out ends with the
 * headers, so without this a server that stops in the middle of a body is waited for for
 * ever.
 * <p>
 * Streams that are meant to last (watches, followed logs) are left alone.
 */
final class AnswerBound implements Interceptor {

	private final CallBounds bounds;

	AnswerBound(CallBounds bounds) {
		this.bounds = bounds;
	}

	@Override
	public void after(HttpRequest request, HttpResponse<?> response,
			AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
		if (!isStream(request) && response.body() instanceof AsyncBody body) {
			CompletableFuture<Void> end = body.done().orTimeout(bounds.answer().toMillis(), TimeUnit.MILLISECONDS);
			CompletableFuture<Void> unusedCleanUp = end.whenComplete((done, failure) -> {
				if (failure != null) {
					body.cancel();
				}
			});
		}
	}

	@Override
	public AsyncBody.Consumer<List<ByteBuffer>> consumer(AsyncBody.Consumer<List<ByteBuffer>> consumer,
			HttpRequest request) {
		return isStream(request) ? consumer : new CountingConsumer(consumer, bounds.answerBytes());
	}

	private static boolean isStream(HttpRequest request) {
		String query = request.uri().getQuery();
		return query != null && (query.contains("watch=true") || query.contains("follow=true"));
	}

	private static final class CountingConsumer implements AsyncBody.Consumer<List<ByteBuffer>> {

		private final AsyncBody.Consumer<List<ByteBuffer>> next;

		private final long limit;

		private final AtomicLong seen = new AtomicLong();

		CountingConsumer(AsyncBody.Consumer<List<ByteBuffer>> next, long limit) {
			this.next = next;
			this.limit = limit;
		}

		@Override
		public void consume(List<ByteBuffer> chunk, AsyncBody body) throws Exception {
			long size = chunk.stream().mapToLong(ByteBuffer::remaining).sum();
			if (seen.addAndGet(size) > limit) {
				throw new IOException("the answer is longer than " + limit + " bytes");
			}
			next.consume(chunk, body);
		}

		@Override
		public <U> @Nullable U unwrap(Class<U> target) {
			return next.unwrap(target);
		}

	}

}
