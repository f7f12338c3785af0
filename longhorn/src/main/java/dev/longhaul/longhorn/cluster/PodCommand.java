package dev.longhaul.longhorn.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.longhaul.core.cluster.HeldCommand;
import dev.longhaul.core.cluster.WorkloadCluster.CommandResult;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.OutcomeUnknown;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.TtyExecOutputErrorable;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One command in a container, over one connection.
 */
final class PodCommand implements HeldCommand {

	/**
	 * What kubelet and runtimes say when the command was not begun; anything else may
	 * have happened while it ran.
	 */
	private static final Pattern NOT_BEGUN = Pattern
		.compile("container not found|failed to start exec|executable file not found|no such file or directory");

	private final ClusterCall call;

	private final CommandOutput output = new CommandOutput();

	private final CommandOutput errors = new CommandOutput();

	private final AtomicReference<@Nullable Status> end = new AtomicReference<>();

	private final ExecWatch watch;

	private PodCommand(ClusterCall call, ContainerResource container, List<String> command, Input input) {
		this.call = call;
		TtyExecOutputErrorable target = (input == Input.OPEN) ? container.redirectingInput() : container;
		try {
			this.watch = target.writingOutput(output)
				.writingError(errors)
				.usingListener(new End(end))
				.exec(command.toArray(String[]::new));
		}
		catch (KubernetesClientException ex) {
			throw notBegun(call, ex);
		}
	}

	private enum Input {

		NONE, OPEN

	}

	/** Runs it to its end. */
	static CommandResult run(ClusterCall call, ContainerResource container, List<String> command, Duration timeout) {
		try (PodCommand running = new PodCommand(call, container, command, Input.NONE)) {
			return running.await(timeout);
		}
	}

	/** Begins it, with its input open. */
	static HeldCommand hold(ClusterCall call, ContainerResource container, List<String> command) {
		return new PodCommand(call, container, command, Input.OPEN);
	}

	private CommandResult await(Duration timeout) {
		Integer exitCode;
		try {
			exitCode = watch.exitCode().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "running a command in " + call);
		}
		catch (TimeoutException ex) {
			throw unknown("it did not end within %d s".formatted(timeout.toSeconds()), ex);
		}
		catch (ExecutionException ex) {
			throw unknown("the connection broke: " + ServerText.oneLine(String.valueOf(ex.getCause())), ex);
		}
		if (exitCode == null) {
			throw unknown("the connection was closed before its end", null);
		}
		if (exitCode < 0) {
			throw failed();
		}
		return new CommandResult(exitCode, output.text(), errors.text());
	}

	private LonghaulException failed() {
		Status status = end.get();
		String said = (status != null) ? ServerText.oneLine(String.valueOf(status.getMessage())) : "no reason given";
		if (NOT_BEGUN.matcher(said).find()) {
			return new RefusedRequest(FailureCode.CLUSTER_REFUSED, "the cluster did not " + call + ": " + said,
					"check container and command");
		}
		return unknown(said, null);
	}

	private OutcomeUnknown unknown(String why, @Nullable Throwable cause) {
		return unknown(call, why, cause);
	}

	private static OutcomeUnknown unknown(ClusterCall call, String why, @Nullable Throwable cause) {
		return new OutcomeUnknown(FailureCode.CLUSTER_UNREACHABLE,
				"a command was begun and what became of it is not known (%s): %s".formatted(call, why),
				"look into the pod: kubectl -n %s logs %s".formatted(call.namespace(), call.name()), cause);
	}

	/**
	 * Begins a command of another kind.
	 * @throws LonghaulException that says what it means if that fails
	 */
	static <T> T begun(ClusterCall call, Supplier<T> beginning) {
		try {
			return beginning.get();
		}
		catch (KubernetesClientException ex) {
			throw notBegun(call, ex);
		}
	}

	private static LonghaulException notBegun(ClusterCall call, KubernetesClientException failure) {
		CallTrouble trouble = CallTrouble.of(call, withCode(failure));
		return switch (trouble.kind()) {
			// A pod that is gone was ready a moment ago: another one comes.
			case NOT_FOUND -> new TransientFailure(FailureCode.CLUSTER_UNREACHABLE, trouble.fact(),
					"try again when its workload has a ready pod", failure);
			case ANSWER_LOST -> unknown(call, trouble.said(), failure);
			default -> trouble.toException();
		};
	}

	/** A handshake that was answered carries the answer, but hides it. */
	private static KubernetesClientException withCode(KubernetesClientException failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
			if (cause instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
				return new KubernetesClientException("HTTP status " + handshake.getResponse().code(), failure,
						handshake.getResponse().code(), null, null);
			}
		}
		return failure;
	}

	@Override
	public @Nullable String nextLine(Duration limit) {
		CompletableFuture<Integer> ended = watch.exitCode();
		try {
			long left = limit.toMillis();
			while (left > 0) {
				// In steps, because the end of a command is no line.
				long step = Math.min(left, 100);
				boolean over = ended.isDone();
				String line = output.lines().poll(over ? 0 : step, TimeUnit.MILLISECONDS);
				if (line != null || over) {
					return line;
				}
				left -= step;
			}
			return null;
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "listening to a command in " + call);
		}
	}

	@Override
	public boolean say(String line) {
		return send((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public boolean give(byte[] bytes) {
		if (bytes.length > MOST_BYTES) {
			throw new IllegalArgumentException("%d bytes are more than a message holds".formatted(bytes.length));
		}
		return send(bytes);
	}

	private boolean send(byte[] bytes) {
		try {
			watch.getInput().write(bytes);
			watch.getInput().flush();
			return !watch.exitCode().isDone();
		}
		catch (IOException | KubernetesClientException ex) {
			return false;
		}
	}

	@Override
	public String errors() {
		return ServerText.oneLine(errors.text());
	}

	@Override
	public void close() {
		watch.close();
	}

	/** Keeps why a command could not be run, which is not among its exit codes. */
	record End(AtomicReference<@Nullable Status> status) implements ExecListener {

		@Override
		public void onExit(int code, Status exit) {
			status.set(exit);
		}

		@Override
		public void onFailure(Throwable failure, Response response) {
			// The exit code fails with it.
		}

		@Override
		public void onClose(int code, String reason) {
			// The exit code is complete by then.
		}

	}

}
