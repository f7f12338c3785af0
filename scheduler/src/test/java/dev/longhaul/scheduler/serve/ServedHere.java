package dev.longhaul.scheduler.serve;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.access.TokenOrder;
import dev.longhaul.scheduler.run.RunRecord;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.wiring.HttpCalls;
import dev.longhaul.scheduler.wiring.Server;
import org.awaitility.Awaitility;

/**
 * The server that keeps running, within the process of a test.
 */
public final class ServedHere implements AutoCloseable {

	private final StopSignal stop = new StopSignal();

	private final Server server;

	private final DefinitionRepository repository;

	private final PrintStream log;

	private final CompletableFuture<Boolean> watch;

	private ServedHere(Path configuration, Path log) throws IOException {
		this.server = Server.serve(configuration, stop);
		this.repository = server.repository().orElseThrow();
		this.log = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8);
		ServeLog lines = new ServeLog(this.log, this.log, () -> true, server.clock(), ZoneOffset.UTC,
				server.logFormat());
		server.standing().start();
		this.watch = CompletableFuture
			.supplyAsync(() -> new NightWatch(server, repository, stop, lines).keep(Duration.ofMillis(500)), work -> {
				Thread thread = new Thread(work, "watch");
				thread.setDaemon(true);
				thread.start();
			});
	}

	/**
	 * @param log a file for what it says
	 */
	public static ServedHere start(Path configuration, Path log) throws IOException {
		return new ServedHere(configuration, log);
	}

	public Runs runs() {
		return server.runs();
	}

	/** Starts a run, as soon as there are definitions. */
	public RunRecord run(String job) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptionsInstanceOf(TransientFailure.class)
			.until(() -> runs().start(new JobName(job), "ada"), run -> true);
	}

	/** Over HTTP, with a token of its own. */
	public HttpCalls calls(Scope scope) {
		return HttpCalls.to(server).with(token(scope));
	}

	/** A new one. */
	public String token(Scope scope) {
		TokenOrder order = new TokenOrder("test", Set.of(scope), null);
		return server.tokens().create(order, "test").secret().reveal();
	}

	/** Where it answers. */
	public URI address() {
		return server.address();
	}

	/** As of now. */
	public RunRecord look(RunRecord run) {
		return runs().find(run.id()).orElseThrow();
	}

	/** Waits until a run is over. */
	public RunRecord over(RunRecord run) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> look(run), now -> now.outcome().isOver());
	}

	@Override
	public void close() {
		stop.stop();
		try {
			watch.join();
		}
		finally {
			repository.close();
			server.close();
			log.close();
		}
	}

}
