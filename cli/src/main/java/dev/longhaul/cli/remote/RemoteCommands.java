package dev.longhaul.cli.remote;

import dev.longhaul.cli.terminal.Surroundings;
import picocli.CommandLine;

import static dev.longhaul.cli.option.HelpOption.helpful;

/**
 * All commands that call a server.
 */
public final class RemoteCommands {

	private final RemoteCommand root = new RemoteCommand();

	private final Remote remote;

	private RemoteCommands(Surroundings surroundings) {
		this.remote = new Remote(root, surroundings);
	}

	/** {@code remote}, with what stands below it. */
	public static CommandLine of(Surroundings surroundings) {
		return new RemoteCommands(surroundings).all();
	}

	private CommandLine all() {
		return helpful(root).addSubcommand(helpful(new ApplicationsCommand(remote)))
			.addSubcommand(helpful(new VerdictsCommand(remote)))
			.addSubcommand(helpful(new PointsCommand(remote)))
			.addSubcommand(helpful(new VolumesCommand(remote)))
			.addSubcommand(runs())
			.addSubcommand(jobs())
			.addSubcommand(helpful(new RetentionCommand()).addSubcommand(helpful(new PlanCommand(remote)))
				.addSubcommand(helpful(new ApplyCommand(remote))))
			.addSubcommand(helpful(new TargetsCommand(remote)))
			.addSubcommand(helpful(new CoverageCommand(remote)))
			.addSubcommand(helpful(new ReadingsCommand(remote)))
			.addSubcommand(helpful(new LedgerCommand(remote)))
			.addSubcommand(helpful(new TokensCommand()).addSubcommand(helpful(new ListTokensCommand(remote)))
				.addSubcommand(helpful(new CreateTokenCommand(remote)))
				.addSubcommand(helpful(new RevokeTokenCommand(remote))))
			.addSubcommand(helpful(new AuditCommand()).addSubcommand(helpful(new ListAuditCommand(remote)))
				.addSubcommand(helpful(new ExportAuditCommand(remote))))
			.addSubcommand(helpful(new WhoamiCommand(remote)));
	}

	private CommandLine runs() {
		return helpful(new RunsCommand()).addSubcommand(helpful(new ListRunsCommand(remote)))
			.addSubcommand(helpful(new ShowRunCommand(remote)))
			.addSubcommand(helpful(new StartRunCommand(remote)))
			.addSubcommand(helpful(new WatchRunCommand(remote)))
			.addSubcommand(helpful(new CancelRunCommand(remote)))
			.addSubcommand(helpful(new LogCommand(remote)));
	}

	private CommandLine jobs() {
		return helpful(new JobsCommand()).addSubcommand(helpful(new ListJobsCommand(remote)))
			.addSubcommand(helpful(new ShowJobCommand(remote)))
			.addSubcommand(helpful(new PutJobCommand(remote)))
			.addSubcommand(helpful(new PauseCommand(remote)))
			.addSubcommand(helpful(new ResumeCommand(remote)));
	}

}
