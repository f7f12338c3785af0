package dev.longhaul.scheduler.serve;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.repository.DefinitionRepository;
import dev.longhaul.scheduler.wiring.Server;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Keeps running: jobs when they are due, as declared in Git.
 */
@Command(name = "serve", description = "Keep running: follow the Git repository, and run its jobs when they are due.",
		mixinStandardHelpOptions = true, sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:told to stop, and no run was under way", "2:wrong usage or configuration",
				"4:told to stop within a run; the next start goes on with it" })
public final class ServeCommand implements Callable<Integer> {

	private final StopSignal stop;

	private final PrintStream out;

	private final PrintStream err;

	@Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
	private @Nullable Path config;

	@Option(names = "--debug", description = "Add the stack trace to a failure.")
	private boolean debug;

	/**
	 * @param stop is given when the program is told to stop
	 */
	public ServeCommand(StopSignal stop, PrintStream out, PrintStream err) {
		this.stop = stop;
		this.out = out;
		this.err = err;
	}

	/** Whether stack traces are asked for. */
	public boolean debug() {
		return debug;
	}

	@Override
	public Integer call() {
		try (Server server = Server.serve(Objects.requireNonNull(config), stop);
				DefinitionRepository repository = server.repository().orElseThrow(ServeCommand::withoutGit)) {
			ServeLog log = new ServeLog(out, err, this::debug, server.clock(), ZoneId.systemDefault(),
					server.logFormat());
			Path putAside = server.databasePutAside();
			if (putAside != null) {
				log.warn("the database was damaged and is now '%s'; what was done is found again by its name"
					.formatted(putAside));
			}
			log.say("listening on " + server.address());
			server.standing().start();
			NightWatch watch = new NightWatch(server, repository, stop, log);
			boolean cutShort = watch.keep(server.refreshInterval().orElseThrow());
			return cutShort ? ExitStatus.INTERRUPTED.code() : ExitStatus.PROVEN.code();
		}
	}

	private static RefusedRequest withoutGit() {
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, "longhaul.git is not set",
				"a server that keeps running takes its jobs from Git; 'longhaul-server night' runs one night without");
	}

}
