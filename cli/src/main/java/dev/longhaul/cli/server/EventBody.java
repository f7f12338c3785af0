package dev.longhaul.cli.server;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that goes on, taken part by part: the next part is only asked for
 * when the one before it was taken.
 */
final class EventBody implements BodySubscriber<EventBody>, AutoCloseable {

	/** Empty at its end. */
	private final BlockingQueue<Optional<byte[]>> parts = new LinkedBlockingQueue<>();

	private volatile @Nullable Subscription subscription;

	@Override
	public CompletionStage<EventBody> getBody() {
		return CompletableFuture.completedFuture(this);
	}

	@Override
	public void onSubscribe(Subscription given) {
		subscription = given;
		given.request(1);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		byte[] part = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
		int at = 0;
		for (ByteBuffer buffer : buffers) {
			int length = buffer.remaining();
			buffer.get(part, at, length);
			at += length;
		}
		parts.add(Optional.of(part));
	}

	@Override
	public void onError(Throwable failure) {
		parts.add(Optional.empty());
	}

	@Override
	public void onComplete() {
		parts.add(Optional.empty());
	}

	/**
	 * The next part; empty at the end, if the connection breaks, and if nothing comes for
	 * so long.
	 * @throws InterruptedException if the thread is told to stop
	 */
	Optional<byte[]> next(Duration idle) throws InterruptedException {
		Optional<byte[]> part = parts.poll(idle.toMillis(), TimeUnit.MILLISECONDS);
		Subscription current = subscription;
		if (part == null || part.isEmpty() || current == null) {
			return Optional.empty();
		}
		current.request(1);
		return part;
	}

	@Override
	public void close() {
		Subscription current = subscription;
		if (current != null) {
			current.cancel();
		}
	}

}
