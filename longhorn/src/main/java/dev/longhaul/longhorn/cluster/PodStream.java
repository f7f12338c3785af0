package dev.longhaul.longhorn.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import org.jspecify.annotations.Nullable;

/**
 * What a command in a container prints, as it comes. The client asks for more only when
 * what came was read, so the command waits for a slow reader instead of the memory
 * filling up.
 */
final class PodStream extends InputStream {

	/** The exit code follows the last byte. */
	private static final long EXIT_SECONDS = 30;

	private final ClusterCall call;

	private final CommandOutput errors = new CommandOutput();

	private final AtomicReference<@Nullable Status> end = new AtomicReference<>();

	private final ExecWatch watch;

	private final InputStream output;

	private final Duration timeout;

	private final CompletableFuture<Void> deadline = new CompletableFuture<>();

	private volatile boolean late;

	private PodStream(ClusterCall call, ContainerResource container, List<String> command, Duration timeout) {
		this.call = call;
		this.timeout = timeout;
		this.watch = container.redirectingOutput()
			.writingError(errors)
			.usingListener(new PodCommand.End(end))
			.exec(command.toArray(String[]::new));
		this.output = watch.getOutput();
		CompletableFuture<Void> unusedEnd = deadline.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
			.thenRun(this::giveUp);
		CompletableFuture<Void> unusedBeginning = watch.exitCode().thenAccept(this::wakeIfNotBegun);
	}

	/** Begins it; its timeout begins, too. */
	static InputStream open(ClusterCall call, ContainerResource container, List<String> command, Duration timeout) {
		return PodCommand.begun(call, () -> new PodStream(call, container, command, timeout));
	}

	/** Of a command that was not begun the client would leave the output open. */
	private void wakeIfNotBegun(@Nullable Integer exitCode) {
		if (exitCode != null && exitCode < 0) {
			closeOutput();
		}
	}

	/** Wakes whoever reads. */
	private void giveUp() {
		late = true;
		closeOutput();
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		if (length == 0) {
			return 0;
		}
		try {
			int count = output.read(buffer, offset, length);
			if (count < 0) {
				requireSuccess();
			}
			return count;
		}
		catch (IOException ex) {
			throw failed(ex);
		}
	}

	/** A connection that was closed looks like an end. */
	private void requireSuccess() {
		Integer exitCode = exitCode();
		if (exitCode == null) {
			throw cut("the connection was closed before its end", null);
		}
		if (exitCode != 0) {
			throw ended(exitCode);
		}
	}

	private @Nullable Integer exitCode() {
		try {
			return watch.exitCode().get(EXIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "reading from a command in " + call);
		}
		catch (TimeoutException ex) {
			throw cut("its output ended and it did not", ex);
		}
		catch (ExecutionException ex) {
			throw cut("the connection broke: " + ServerText.oneLine(String.valueOf(ex.getCause())), ex);
		}
	}

	private LonghaulException failed(IOException cause) {
		if (Thread.currentThread().isInterrupted()) {
			return new Interruption("interrupted while reading from a command in " + call);
		}
		if (late) {
			return cut("it did not end within %d s".formatted(timeout.toSeconds()), cause);
		}
		CompletableFuture<Integer> exit = watch.exitCode();
		if (exit.isDone() && !exit.isCompletedExceptionally()) {
			Integer exitCode = exit.join();
			if (exitCode != null && exitCode != 0) {
				return ended(exitCode);
			}
		}
		return cut("the connection broke: " + ServerText.oneLine(String.valueOf(cause.getCause())), cause);
	}

	private LonghaulException ended(int exitCode) {
		Status status = end.get();
		if (exitCode < 0) {
			return cut("the cluster said " + ServerText.oneLine((status != null) ? status.getMessage() : "nothing"),
					null);
		}
		String said = ServerText.oneLine(errors.text());
		return new RefusedRequest(FailureCode.EXPORT_FAILED,
				"a command whose output is exported ended with %d (%s): %s".formatted(exitCode, call,
						said.isEmpty() ? "it did not say why" : said),
				"run it by hand: kubectl -n %s exec %s -- ...".formatted(call.namespace(), call.name()));
	}

	private TransientFailure cut(String why, @Nullable Throwable cause) {
		return new TransientFailure(FailureCode.EXPORT_FAILED,
				"a command whose output is exported was cut (%s): %s".formatted(call, why),
				"look into the pod: kubectl -n %s logs %s".formatted(call.namespace(), call.name()), cause);
	}

	@Override
	public void close() {
		deadline.cancel(false);
		closeOutput();
		watch.close();
	}

	private void closeOutput() {
		try {
			output.close();
		}
		catch (IOException ex) {
			// Nothing more is wanted of it.
		}
	}

}
