package dev.longhaul.simulator.front;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The channels of an exec as bytes, for what fabric8's client does not use.
 */
class ExecProtocolIT {

	private final HttpClient client = HttpClient.newHttpClient();

	private ApiFront front;

	@BeforeEach
	void open() {
		Upstream nobody = new Upstream(URI.create("http://127.0.0.1:1"), null, null);
		front = ApiFront.start(nobody, new LocalProcesses(), Clock.systemUTC());
	}

	@AfterEach
	void close() {
		front.close();
	}

	@Test
	void inVersionFiveTheEndOfInputCanBeTold() throws Exception {
		Channels channels = new Channels();
		WebSocket socket = connect(channels, "v5.channel.k8s.io", "cat");

		socket.sendBinary(bytes(0, 'h', 'e', 'l'), false).join();
		socket.sendBinary(bytes('l', 'o'), true).join();
		socket.sendBinary(bytes(255, 0), true).join();

		assertThat(socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
		assertThat(channels.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
		assertThat(channels.output.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
		assertThat(channels.status.toString(StandardCharsets.UTF_8)).contains("\"status\":\"Success\"");
	}

	@Test
	void aVeryLongCommandIsNoProblem() throws Exception {
		Channels channels = new Channels();
		String script = "# " + "x".repeat(100_000) + "\necho done";
		connect(channels, "v4.channel.k8s.io", "sh", "-c", script);

		assertThat(channels.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
		assertThat(channels.output.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
	}

	private WebSocket connect(Channels channels, String protocol, String... command) {
		StringBuilder url = new StringBuilder("ws" + front.url().toString().substring("http".length())
				+ "/api/v1/namespaces/n/pods/p/exec?stdin=true&stdout=true&stderr=true");
		for (String argument : command) {
			url.append("&command=").append(URLEncoder.encode(argument, StandardCharsets.UTF_8));
		}
		return client.newWebSocketBuilder()
			.subprotocols(protocol)
			.buildAsync(URI.create(url.toString()), channels)
			.join();
	}

	private static ByteBuffer bytes(int... values) {
		ByteBuffer buffer = ByteBuffer.allocate(values.length);
		for (int value : values) {
			buffer.put((byte) value);
		}
		return buffer.flip();
	}

	/** Sorts what comes by its channel. */
	private static final class Channels implements WebSocket.Listener {

		private final ByteArrayOutputStream output = new ByteArrayOutputStream();

		private final ByteArrayOutputStream status = new ByteArrayOutputStream();

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		private byte channel;

		private boolean begun;

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			if (!begun) {
				channel = data.get();
			}
			begun = !last;
			byte[] bytes = new byte[data.remaining()];
			data.get(bytes);
			ByteArrayOutputStream sink = (channel == 1) ? output : status;
			sink.writeBytes(bytes);
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			closed.complete(code);
			return null;
		}

	}

}
