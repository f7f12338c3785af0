package dev.longhaul.simulator.api;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;

/**
 * fabric8's mock of the Kubernetes API on a free port of 127.0.0.1, over plain HTTP and
 * without authorization. It keeps whatever kind it is told; kinds of its own it has none,
 * and nothing in it acts by itself.
 */
public final class EmbeddedApi implements AutoCloseable {

	private static final System.Logger LOGGER = System.getLogger(EmbeddedApi.class.getName());

	/** The server remembers every request for tests to look at; nobody here does. */
	private static final int FORGET_EVERY_SECONDS = 1;

	private final MockWebServer requests = new MockWebServer();

	private final KubernetesMockServer server = new KubernetesMockServer(new Context(), requests, new HashMap<>(),
			new StrictDispatcher(), false);

	private final ScheduledExecutorService forgetting = Executors.newSingleThreadScheduledExecutor(task -> {
		Thread thread = new Thread(task, "embedded-api");
		thread.setDaemon(true);
		return thread;
	});

	private EmbeddedApi() {
	}

	/** Starts an empty one. */
	public static EmbeddedApi start() {
		EmbeddedApi api = new EmbeddedApi();
		api.server.init(InetAddress.getLoopbackAddress(), 0);
		Future<?> unused = api.forgetting.scheduleWithFixedDelay(api.requests::reset, FORGET_EVERY_SECONDS,
				FORGET_EVERY_SECONDS, TimeUnit.SECONDS);
		return api;
	}

	/** The root of the API. */
	public URI url() {
		return URI.create(server.url("/"));
	}

	/** For a client of it. */
	public Config config() {
		return new ConfigBuilder(Config.empty()).withMasterUrl(url().toString()).withHttp2Disable(true).build();
	}

	/**
	 * The library waits ten seconds for its connections to end, which is not always
	 * enough on a busy machine. Nobody needs them any more, so that is no failure.
	 */
	@Override
	public void close() {
		forgetting.shutdownNow();
		try {
			server.destroy();
		}
		catch (IllegalStateException ex) {
			if (!(ex.getCause() instanceof TimeoutException)) {
				throw ex;
			}
			LOGGER.log(System.Logger.Level.DEBUG, "connections to the embedded API are left to end by themselves", ex);
		}
	}

}
