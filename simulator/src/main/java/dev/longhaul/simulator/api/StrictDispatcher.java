package dev.longhaul.simulator.api;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/**
 * fabric8's store of objects, with the one check that controllers cannot do without:
 * fabric8's own accepts any write of a status, however old the object it is based on
 * (7.8.0), and so one controller silently undoes what another one has written. And with a
 * version, where fabric8's own answers with an empty list; and with secrets that are
 * written as text and read encoded.
 */
final class StrictDispatcher extends KubernetesCrudDispatcher {

	private static final System.Logger LOGGER = System.getLogger(StrictDispatcher.class.getName());

	private static final String STATUS_PATH = "/status";

	private static final String SECRETS_PATH = "/secrets";

	private static final String STRING_DATA = "\"stringData\"";

	private static final String VERSION_PATH = "/version";

	private static final String VERSION = """
			{"major": "1", "minor": "33", "gitVersion": "v1.33.0+simulated"}
			""";

	/** Threads for the ends of watches; none is kept when there are none. */
	private final ExecutorService ends = Executors.newCachedThreadPool(task -> {
		Thread thread = new Thread(task, "embedded-api-watch");
		thread.setDaemon(true);
		return thread;
	});

	private final KubernetesSerialization serialization = new KubernetesSerialization();

	@Override
	public MockResponse dispatch(RecordedRequest request) {
		if (VERSION_PATH.equals(request.getPath())) {
			return new MockResponse().setResponseCode(HttpURLConnection.HTTP_OK).setBody(VERSION);
		}
		try {
			return super.dispatch(request);
		}
		catch (RuntimeException ex) {
			// Whatever it is: a request that nobody answers is waited for without end.
			LOGGER.log(System.Logger.Level.WARNING, "the embedded API fails at " + request.getPath(), ex);
			return failed(HttpURLConnection.HTTP_INTERNAL_ERROR, "InternalError", String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public synchronized MockResponse handleCreate(RecordedRequest request) {
		return super.handleCreate(encoded(request));
	}

	@Override
	public synchronized MockResponse handleUpdate(RecordedRequest request) {
		return isStaleStatus(request) ? conflict(request.getPath()) : super.handleUpdate(encoded(request));
	}

	@Override
	public synchronized MockResponse handlePatch(RecordedRequest request) {
		return super.handlePatch(request);
	}

	@Override
	public synchronized MockResponse handleDelete(String path) {
		return super.handleDelete(path);
	}

	@Override
	public MockResponse handleWatch(String path) {
		MockResponse response = super.handleWatch(path);
		return response.withWebSocketUpgrade(new EndingWatch(response.getWebSocketListener(), this, ends));
	}

	/** An API puts what is in {@code stringData} into {@code data}. */
	private RecordedRequest encoded(RecordedRequest request) {
		String body = new String(request.getBody().getBytes(), StandardCharsets.UTF_8);
		if (!body.contains(STRING_DATA) || !request.getPath().contains(SECRETS_PATH)) {
			return request;
		}
		Secret secret = serialization.unmarshal(body, Secret.class);
		Map<String, String> data = new HashMap<>(Objects.requireNonNullElse(secret.getData(), Map.of()));
		Objects.requireNonNullElse(secret.getStringData(), Map.<String, String>of())
			.forEach((key, value) -> data.put(key,
					Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
		secret.setData(data);
		secret.setStringData(null);
		return new RecordedRequest(request.getHttpVersion(), request.method(), request.getPath(), request.getHeaders(),
				new Buffer(serialization.asJson(secret).getBytes(StandardCharsets.UTF_8)));
	}

	private boolean isStaleStatus(RecordedRequest request) {
		if (!request.getPath().endsWith(STATUS_PATH)) {
			return false;
		}
		Map.Entry<AttributeSet, String> stored = findResource(getKey(request.getPath()));
		Optional<String> basedOn = version(new String(request.getBody().getBytes(), StandardCharsets.UTF_8));
		return stored != null && basedOn.isPresent() && !basedOn.equals(version(stored.getValue()));
	}

	private Optional<String> version(String object) {
		GenericKubernetesResource parsed = serialization.unmarshal(object, GenericKubernetesResource.class);
		return Optional.ofNullable(parsed.getMetadata())
			.map(metadata -> metadata.getResourceVersion())
			.filter(version -> !version.isEmpty());
	}

	private MockResponse conflict(String path) {
		return failed(HttpURLConnection.HTTP_CONFLICT, "Conflict",
				"Operation cannot be fulfilled on %s: the object has been modified; please apply your ".formatted(path)
						+ "changes to the latest version and try again");
	}

	private MockResponse failed(int code, String reason, String message) {
		return new MockResponse().setResponseCode(code)
			.setBody(serialization.asJson(new StatusBuilder().withStatus("Failure")
				.withReason(reason)
				.withMessage(message)
				.withCode(code)
				.build()));
	}

}
