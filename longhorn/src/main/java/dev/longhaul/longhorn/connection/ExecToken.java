package dev.longhaul.longhorn.connection;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.RefusedRequest;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * The token a credential plugin prints (source: Kubernetes' client-go credential
 * plugins), kept until shortly before it expires. The program is run as it is named,
 * without a shell; fabric8's own way through {@code sh -c} has neither quoting nor a
 * bound.
 */
final class ExecToken implements OAuthTokenProvider {

	/** Some plugins wait for a person at a browser. */
	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Duration MARGIN = Duration.ofSeconds(30);

	private static final ObjectMapper JSON = new ObjectMapper();

	private final Kubeconfig kubeconfig;

	private final ExecConfig plugin;

	private final Clock clock;

	private String token = "";

	private Instant validUntil = Instant.MIN;

	ExecToken(Kubeconfig kubeconfig, ExecConfig plugin, Clock clock) {
		this.kubeconfig = kubeconfig;
		this.plugin = plugin;
		this.clock = clock;
	}

	@Override
	public synchronized String getToken() {
		if (!clock.instant().isBefore(validUntil)) {
			JsonNode status = parse(run()).path("status");
			token = status.path("token").asText("");
			if (token.isEmpty()) {
				throw refused("printed no token");
			}
			validUntil = expiry(status.path("expirationTimestamp").asText(""));
		}
		return token;
	}

	private byte[] run() {
		Process process = start();
		CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> readBounded(process.getInputStream()));
		try {
			byte[] printed = output.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			if (!ended || process.exitValue() != 0) {
				throw refused(ended ? "failed with exit code " + process.exitValue() : "did not end");
			}
			return printed;
		}
		catch (TimeoutException ex) {
			throw refused("printed nothing within " + LIMIT.toSeconds() + " s");
		}
		catch (ExecutionException ex) {
			throw refused("could not be read: " + ex.getCause());
		}
		catch (InterruptedException ex) {
			throw Interruption.of(ex, "running the credential plugin " + plugin.getCommand());
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private Process start() {
		List<String> command = new ArrayList<>();
		command.add(program());
		if (plugin.getArgs() != null) {
			command.addAll(plugin.getArgs());
		}
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		if (plugin.getEnv() != null) {
			plugin.getEnv().forEach(variable -> builder.environment().put(variable.getName(), variable.getValue()));
		}
		builder.environment()
			.put("KUBERNETES_EXEC_INFO",
					"{\"kind\":\"ExecCredential\",\"apiVersion\":\"%s\",\"spec\":{\"interactive\":false}}"
						.formatted(plugin.getApiVersion()));
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			return process;
		}
		catch (IOException ex) {
			throw refused("cannot be run: " + ex.getMessage());
		}
	}

	/**
	 * A name with a separator is relative to the kubeconfig, a bare one is searched for.
	 */
	private String program() {
		String command = String.valueOf(plugin.getCommand());
		boolean path = command.contains(File.separator) && !Path.of(command).isAbsolute();
		return path ? kubeconfig.resolve(command).toString() : command;
	}

	private static byte[] readBounded(InputStream in) {
		try {
			return in.readNBytes(BoundedFile.MAX_BYTES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private JsonNode parse(byte[] printed) {
		try {
			return JSON.readTree(new ByteArrayInputStream(printed));
		}
		catch (IOException ex) {
			// The parser's message may quote what was printed, which may be the token.
			throw refused("printed no JSON");
		}
	}

	private Instant expiry(@Nullable String timestamp) {
		if (timestamp == null || timestamp.isEmpty()) {
			return Instant.MAX;
		}
		try {
			return OffsetDateTime.parse(timestamp).toInstant().minus(MARGIN);
		}
		catch (DateTimeException ex) {
			throw refused("printed an expiry that is no time");
		}
	}

	private RefusedRequest refused(String fact) {
		return new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
				"the credential plugin '" + plugin.getCommand() + "' of kubeconfig '" + kubeconfig.file() + "' " + fact,
				"run it by hand and see, or use a context with a token or a client certificate");
	}

}
