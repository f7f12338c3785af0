package dev.longhaul.scheduler.audit;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.scheduler.access.AuditCheck;
import dev.longhaul.scheduler.wiring.Server;
import dev.longhaul.scheduler.wording.Wording;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Reads the whole audit log, and what of it is in the bucket.
 */
@Command(name = "verify", description = "Check that the audit log is as it was written, here and in the bucket.",
		mixinStandardHelpOptions = true, sortOptions = false, exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:it is", "1:it is not; the first record that is not is named",
				"2:wrong usage or configuration", "3:the bucket could not be read, or a server has the database" },
		footerHeading = "%nExample:%n", footer = "  longhaul-server audit verify --config /etc/longhaul/longhaul.yaml")
public final class AuditVerifyCommand implements Callable<Integer> {

	private final PrintStream out;

	@Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
	private @Nullable Path config;

	public AuditVerifyCommand(PrintStream out) {
		this.out = out;
	}

	@Override
	public Integer call() {
		try (Server server = Server.open(Objects.requireNonNull(config), new StopSignal())) {
			AuditCheck.Sound sound = server.auditCheck().verify();
			out.println("● %s, each as it was written and after the one before it"
				.formatted(Wording.count(sound.records(), "record")));
			out.println("● %s of them in the bucket, in %s, and the same there".formatted(sound.copied(),
					Wording.count(sound.documents(), "document")));
			sound.others()
				.forEach(chain -> out.println(
						"◌ the bucket has the log of another database, %s, which is not compared".formatted(chain)));
			out.flush();
		}
		return ExitStatus.PROVEN.code();
	}

}
